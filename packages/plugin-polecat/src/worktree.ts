import {mkdir, realpath, rename, rm, rmdir} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {isGtError} from '@gtown/sdk'
import {makeOwnFolder, makeStamp, unwritable} from '@gtown/sdk/files'
import {findSandbox, namesIn, newSandbox, oldSandbox, polecatsFolder, type WorkerRef} from '@gtown/workers'
import type {Base} from './base.js'
import {ask, LOCAL_MS, type Repository} from './git.js'

/**
 * Makes a worker's sandbox: a worktree on a new branch. It is made where no agent and no other command looks, and
 * moved into its place when it is whole. To be called inside `withRecordLock`, after `healWorktree`.
 */
export async function addWorktree(
  repository: Repository,
  ref: WorkerRef,
  {branch, base}: {branch: string; base: Base},
): Promise<void> {
  const draft = join(polecatsFolder(ref.rig), `${draftPrefix(ref)}${await makeStamp()}`)
  const worktree = join(draft, ref.rig.name)
  try {
    await makeOwnFolder(polecatsFolder(ref.rig), 0o755)
    await mkdir(draft)
    await ask(repository, [
      'worktree',
      'add',
      '--quiet',
      '--no-track',
      '-b',
      branch,
      '--',
      worktree,
      base.commit,
    ])
    await makeOwnFolder(oldSandbox(ref), 0o755)
    await rename(worktree, newSandbox(ref))
    await rmdir(draft)
  } catch (error) {
    throw isGtError(error) ? error : unwritable(draft, error)
  }
  await repair(repository, newSandbox(ref))
}

/**
 * Mends what a killed command left behind: a sandbox that was moved and whose repository was not told, and sandboxes
 * that never came into their place, in which nobody ever worked. Idempotent. To be called inside `withRecordLock`.
 *
 * @returns the path of the worker's sandbox
 */
export async function healWorktree(repository: Repository, ref: WorkerRef): Promise<string | undefined> {
  const sandbox = await findSandbox(ref)
  // First: until it is told, the repository takes a sandbox that was moved for the one at its old place.
  if (sandbox !== undefined) await repair(repository, sandbox)
  const directory = polecatsFolder(ref.rig)
  for (const name of await namesIn(directory)) {
    if (name.startsWith(draftPrefix(ref))) await removeDraft(repository, ref, join(directory, name))
  }
  return sandbox
}

/** Hidden: no listing of workers shows it. No name of a worker has a dot. */
const draftPrefix = ({name}: WorkerRef) => `.spawning-${name}.`

async function removeDraft(repository: Repository, ref: WorkerRef, draft: string): Promise<void> {
  try {
    // A git that outlived its caller may still write there.
    await rm(draft, {recursive: true, force: true, maxRetries: 5})
  } catch (error) {
    throw unwritable(draft, error)
  }
  // Git names worktrees without links.
  const worktree = join(await realpath(dirname(draft)), basename(draft), ref.rig.name)
  const known = await ask(repository, ['worktree', 'list', '--porcelain', '-z'])
  if (!known.split('\0').includes(`worktree ${worktree}`)) return
  await ask(repository, ['worktree', 'remove', '--force', '--force', '--', worktree])
}

/** A repository that cannot be told, such as of a sandbox without `.git`, is for whoever looks at the sandbox to say. */
async function repair({git, path}: Repository, sandbox: string): Promise<void> {
  await git(['worktree', 'repair', '--', sandbox], {cwd: path, timeoutMs: LOCAL_MS})
}

/**
 * Deletes a worker's branch of which no commit would be lost: each is in another ref. Nothing happens where that is
 * not so, where a worktree has it checked out, or where there is no such branch.
 */
export async function removeSpareBranch(repository: Repository, branch: string): Promise<void> {
  if (!branch.startsWith('polecat/')) return
  const name = `refs/heads/${branch}`
  const format = '--format=%(refname) %(objectname) %(worktreepath)'
  const refs = (await ask(repository, ['for-each-ref', format, name]))
    .split('\n')
    .map((line) => line.split(' '))
  const [, tip, worktree] = refs.find(([ref]) => ref === name) ?? []
  if (tip === undefined || worktree) return
  const own = await ask(repository, ['rev-list', '--max-count=1', tip, '--not', `--exclude=${name}`, '--all'])
  if (own === '') await ask(repository, ['update-ref', '-d', name, tip])
}
