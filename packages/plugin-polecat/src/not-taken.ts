import {join, posix} from 'node:path'
import {shorten} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {countOf, entriesOf, isRuntimePath, linesOf, registeredUrl, some, wordsOf} from '@gtown/workers'
import {gitOutput, LOCAL_MS, type Repository} from './git.js'

/**
 * Names the work in a sandbox that a push of its branch leaves behind: commits on other branches, stashes, and files that
 * git's status does not show. Names everything if the remote `origin` is not the rig's. Reads only local files.
 *
 * @param runtimePaths files that are not work, as of `runtimePathsOf`
 */
export async function listNotTaken(
  sandbox: Repository,
  branch: string,
  runtimePaths: readonly string[],
): Promise<string[]> {
  return [
    ...(await otherAddress(sandbox)),
    ...(await otherBranches(sandbox, branch)),
    ...(await stashes(sandbox, branch)),
    ...(await ignoredFiles(sandbox, runtimePaths)),
    ...(await hiddenFiles(sandbox)),
  ]
}

/**
 * All sandboxes of a rig share their branches. One with a commit that was once checked out here, and that no remote has,
 * was made here.
 */
async function otherBranches(sandbox: Repository, branch: string): Promise<string[]> {
  const unpushed = ['--not', `refs/heads/${branch}`, '--remotes']
  const checkedOut = linesOf(await gitOutput(sandbox, ['reflog', 'show', '--format=%H', 'HEAD', '--']))
  const input = checkedOut.map((commit) => `${commit}\n`).join('')
  const list = ['rev-list', '--ignore-missing', '--stdin', ...unpushed]
  const local = new Set(linesOf(await gitOutput(sandbox, list, {timeoutMs: LOCAL_MS, input})))
  const own = [...new Set(checkedOut)].filter((commit) => local.has(commit))
  if (own.length === 0) return []
  const containing = own.map((commit) => `--contains=${commit}`)
  const find = ['for-each-ref', '--format=%(refname)', ...containing, 'refs/heads']
  const found: string[] = []
  for (const name of linesOf(await gitOutput(sandbox, find))) {
    const count = await gitOutput(sandbox, ['rev-list', '--count', name, ...unpushed])
    found.push(`${countOf(Number(count), 'commit')} on branch ${shorten(name.slice('refs/heads/'.length))}`)
  }
  return found
}

/** A stash names the branch on which it was made. */
async function stashes(sandbox: Repository, branch: string): Promise<string[]> {
  const exists = await gitOutput(sandbox, ['for-each-ref', 'refs/stash'])
  if (exists === '') return []
  const all = entriesOf(
    await gitOutput(sandbox, ['log', '--walk-reflogs', '-z', '--format=%gs', 'refs/stash']),
  )
  const own = all.filter((subject) =>
    [`WIP on ${branch}: `, `On ${branch}: `].some((start) => subject.startsWith(start)),
  )
  return own.length > 0 ? [`stashed: ${some(own)}`] : []
}

/** Ignored files in folders in which the project keeps files, such as new skills beside those in `.claude/skills/`. */
async function ignoredFiles(sandbox: Repository, runtimePaths: readonly string[]): Promise<string[]> {
  const list = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']
  const ignored = entriesOf(await gitOutput(sandbox, list)).filter(
    (path) => !isRuntimePath(path, runtimePaths) && posix.dirname(path) !== '.',
  )
  if (ignored.length === 0) return []
  const tracked = entriesOf(await gitOutput(sandbox, ['ls-files', '-z'])).flatMap(foldersOf)
  const folders = new Set(tracked)
  const found = ignored.filter((path) => foldersOf(path).some((folder) => folders.has(folder)))
  return found.length > 0 ? [`ignored by git: ${some(found)}`] : []
}

/** The folders around a path, the top folder excepted. */
function foldersOf(path: string): string[] {
  const folder = posix.dirname(path)
  return folder === '.' ? [] : [folder, ...foldersOf(folder)]
}

/** Files whose changes git was told not to see: it would neither show nor commit them. */
async function hiddenFiles(sandbox: Repository): Promise<string[]> {
  const hidden: string[] = []
  for (const entry of entriesOf(await gitOutput(sandbox, ['ls-files', '-v', '-z']))) {
    const path = entry.slice(2)
    // A lower-case letter: assume-unchanged. S: skip-worktree, as are the absent files of a sparse checkout.
    const isSkipped = entry.startsWith('S') && (await isThere(join(sandbox.path, path)))
    if (isSkipped || /^[a-z]/.test(entry)) hidden.push(path)
  }
  return hidden.length > 0
    ? [`changes, if any, of files that git was told to take for unchanged: ${some(hidden)}`]
    : []
}

/** The removal gate asks at the address that the rig was registered with, wherever the remote leads by now. */
async function otherAddress(sandbox: Repository): Promise<string[]> {
  const registered = registeredUrl(
    await gitOutput(sandbox, ['rev-parse', '--path-format=absolute', '--git-common-dir']),
  )
  if (registered === undefined) return []
  const used = linesOf(await gitOutput(sandbox, ['remote', 'get-url', '--push', '--all', 'origin']))
  if (used.includes(registered)) return []
  const [shown, ...others] = wordsOf([registered, ...used].join('\n'))
  return [`anything to ${shown}, the rig's registered origin: the remote 'origin' leads to ${some(others)}`]
}
