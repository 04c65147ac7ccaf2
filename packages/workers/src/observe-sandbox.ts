import {readdir, readFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {GtError} from '@gtown/sdk'
import {hasErrno, isThere, readIfThere, reasonOf, statIfThere} from '@gtown/sdk/files'
import type {Git} from '@gtown/sdk/git'
import type {WorkerPlace} from './place.js'
import {findSandbox, oldSandbox} from './sandbox.js'

/** A worker's worktree, read from its files. git is run only when they are not enough. */
export type FoundSandbox =
  | {is: 'absent'}
  | {is: 'broken' | 'unknown'; path: string; detail: string}
  | {
      is: 'present'
      /** Absolute path of the worktree. */
      path: string
      head: string
      /** Undefined when HEAD is detached. */
      branch: string | undefined
      /** Time of HEAD's last move in milliseconds since the epoch; undefined when there is no reflog. */
      movedAt: number | undefined
    }

const GIT_TIMEOUT_MS = 10_000

/** Observes a worker's worktree, in the current layout or the older one. */
export async function observeSandbox(git: Git, place: WorkerPlace): Promise<FoundSandbox> {
  const home = oldSandbox(place)
  try {
    const path = await findSandbox(place)
    const isWorktree = path !== undefined && (await isThere(join(path, '.git')))
    return isWorktree ? await readWorktree(git, path) : await withoutGit(home)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EISDIR'))
      return {is: 'broken', path: home, detail: reasonOf(error)}
    if (!(error instanceof Error)) throw error
    return {is: 'unknown', path: home, detail: reasonOf(error)}
  }
}

/** A folder without visible files counts as absent: a removal leaves such a folder, and a spawn begins with one. */
async function withoutGit(home: string): Promise<FoundSandbox> {
  try {
    const names = await readdir(home)
    if (names.every((name) => name.startsWith('.'))) return {is: 'absent'}
    return {is: 'broken', path: home, detail: 'it has files, but is not a worktree'}
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return {is: 'absent'}
    throw error
  }
}

async function readWorktree(git: Git, path: string): Promise<FoundSandbox> {
  const gitDir = await gitDirOf(path)
  if (gitDir === undefined) return {is: 'broken', path, detail: 'it is not a worktree of a repository'}
  const head = await readHead(git, path, gitDir)
  return head ?? {is: 'broken', path, detail: 'HEAD does not name a commit'}
}

async function readHead(git: Git, path: string, gitDir: string): Promise<FoundSandbox | undefined> {
  const branch = branchIn((await readFile(join(gitDir, 'HEAD'), 'utf8')).trim())
  if (branch === REFTABLE) return await askForHead(git, path)
  const head = await headOf(git, path, gitDir, branch)
  if (head === undefined) return undefined
  return {is: 'present', path, head, branch, movedAt: await changedAt(join(gitDir, 'logs', 'HEAD'))}
}

const branchIn = (head: string) => /^(?:ref: )?refs\/heads\/(.+)$/.exec(head)?.[1]

/** The branch that git writes into the file HEAD if a reftable keeps the refs, and with them HEAD and the logs. */
const REFTABLE = '.invalid'

/** To show the signature of a commit, git starts a program that the repository names. */
const NO_SIGNATURES = [['log.showSignature', 'false']] as const

async function askForHead(git: Git, path: string): Promise<FoundSandbox | undefined> {
  const ask = async (...args: string[]) => {
    const options = {cwd: path, timeoutMs: GIT_TIMEOUT_MS, settings: NO_SIGNATURES}
    const {code, stdout} = await git(args, options)
    return code === 0 ? stdout.trim() : undefined
  }
  const head = await ask('rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}')
  if (head === undefined) return undefined
  const branch = branchIn((await ask('symbolic-ref', '--quiet', 'HEAD')) ?? '')
  const seconds = /^HEAD@\{(\d+)\}$/.exec(
    (await ask('reflog', 'show', '--max-count=1', '--date=unix', '--format=%gd', 'HEAD', '--')) ?? '',
  )?.[1]
  return {
    is: 'present',
    path,
    head,
    branch,
    movedAt: seconds === undefined ? undefined : Number(seconds) * 1000,
  }
}

async function gitDirOf(path: string): Promise<string | undefined> {
  const pointer = /^gitdir: (.+)$/m.exec(await readFile(join(path, '.git'), 'utf8'))
  return pointer?.[1] === undefined ? undefined : resolve(path, pointer[1])
}

const COMMIT = /^[0-9a-f]{40,64}$/

async function headOf(
  git: Git,
  path: string,
  gitDir: string,
  branch: string | undefined,
): Promise<string | undefined> {
  const common = resolve(gitDir, (await readFile(join(gitDir, 'commondir'), 'utf8')).trim())
  const file = branch === undefined ? join(gitDir, 'HEAD') : join(common, 'refs', 'heads', branch)
  const loose = (await readIfThere(file))?.trim()
  if (loose !== undefined && COMMIT.test(loose)) return loose
  // The ref may be packed, or kept in another format: ask git.
  const {code, stdout} = await git(['rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}'], {
    cwd: path,
    timeoutMs: GIT_TIMEOUT_MS,
  })
  return code === 0 ? stdout.trim() : undefined
}

/** Milliseconds since the epoch; undefined when there is no such file. */
async function changedAt(file: string): Promise<number | undefined> {
  return (await statIfThere(file))?.mtimeMs
}

/**
 * Time of the last change to an uncommitted file; undefined when there is none. Rejects with `GIT_FAILED` when git
 * fails.
 *
 * @returns milliseconds since the epoch
 */
export async function lastFileChange(git: Git, path: string): Promise<number | undefined> {
  const {code, stdout} = await git(['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames'], {
    cwd: path,
    timeoutMs: GIT_TIMEOUT_MS,
  })
  if (code !== 0) throw new GtError(`git cannot list the changed files of ${path}`, {code: 'GIT_FAILED'})
  const files = stdout.split('\0').filter((entry) => entry !== '')
  const moments = await Promise.all(files.map((entry) => changedAt(join(path, entry.slice(3)))))
  const there = moments.filter((at) => at !== undefined)
  return there.length > 0 ? Math.max(...there) : undefined
}
