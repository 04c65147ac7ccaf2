import {mkdir, realpath, rename, rm, rmdir} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {isGtError} from '@gtown/sdk'
import {isAbandoned, makeOwnFolder, makeStamp, unwritable} from '@gtown/sdk/files'
import {findSandbox, namesIn, newSandbox, oldSandbox, polecatsFolder, type WorkerRef} from '@gtown/workers'
import {dropDraft, repairLinks} from '@gtown/workers/put-away'
import type {Base} from './base.js'
import {gitOutput, type LongWork, type Repository} from './git.js'

/**
 * Creates a worker's sandbox: a worktree on a new branch. It is built in a hidden directory and moved into place when
 * complete. Call it inside `withRecordLock`, after `healWorktree`.
 */
export async function addWorktree(
  repository: Repository,
  ref: WorkerRef,
  {branch, base, work}: {branch: string; base: Base; work: LongWork},
): Promise<void> {
  const draft = join(polecatsFolder(ref.rig), `${draftPrefix(ref)}${await makeStamp()}`)
  const worktree = join(draft, ref.rig.name)
  try {
    await makeOwnFolder(polecatsFolder(ref.rig), 0o755)
    await mkdir(draft)
    // Without --quiet, git reports the progress of the checkout.
    const add = ['worktree', 'add', '--no-track', '-b', branch, '--', worktree, base.commit]
    await gitOutput(repository, add, work)
    await makeOwnFolder(oldSandbox(ref), 0o755)
    await rename(worktree, newSandbox(ref))
    await rmdir(draft)
  } catch (error) {
    throw isGtError(error) ? error : unwritable(draft, error)
  }
  await repairLinks({git: repository.git, rig: ref.rig}, newSandbox(ref))
}

/**
 * Repairs what a killed command left behind: a moved sandbox that the repository does not know yet, and unfinished
 * sandboxes in which nobody has worked, those of other workers included if their process has ended. Idempotent. Call it inside `withRecordLock`.
 *
 * @returns the path of the worker's sandbox
 */
export async function healWorktree(repository: Repository, ref: WorkerRef): Promise<string | undefined> {
  const sandbox = await findSandbox(ref)
  // Repair first: until then, the repository knows the moved sandbox by its old path.
  if (sandbox !== undefined) await repairLinks({git: repository.git, rig: ref.rig}, sandbox)
  const directory = polecatsFolder(ref.rig)
  for (const name of await namesIn(directory)) {
    if (name.startsWith(draftPrefix(ref)) || (await isAbandonedDraft(name)))
      await removeDraft(repository, ref, join(directory, name))
  }
  return sandbox
}

/** Hidden: no listing of workers shows it. No name of a worker has a dot. */
const draftPrefix = ({name}: WorkerRef) => `.spawning-${name}.`

/**
 * Removes an unfinished sandbox. The only place where gt deletes a worktree: its hidden name belongs to gt, the caller
 * holds the worker's lock, and no agent was ever started in it.
 */
async function removeDraft(repository: Repository, ref: WorkerRef, draft: string): Promise<void> {
  try {
    // Git stores the path with links resolved.
    const worktree = join(await realpath(dirname(draft)), basename(draft), ref.rig.name)
    await dropDraft({git: repository.git, rig: ref.rig}, worktree)
    // A git that outlived its caller may still be writing there.
    await rm(draft, {recursive: true, force: true, maxRetries: 5})
  } catch (error) {
    throw isGtError(error) ? error : unwritable(draft, error)
  }
}

/** Whether a name is that of another worker's draft, whose process has ended. It could make git fail for the whole rig. */
async function isAbandonedDraft(name: string): Promise<boolean> {
  const stamp = /^\.spawning-[^.]+\.(.+)$/.exec(name)?.[1]
  return stamp !== undefined && (await isAbandoned(stamp))
}

/**
 * Deletes a worker's branch if all its commits are in other refs. Does nothing if they are not, if a worktree has the
 * branch checked out, or if it does not exist.
 */
export async function removeSpareBranch(repository: Repository, branch: string): Promise<void> {
  if (!branch.startsWith('polecat/')) return
  const name = `refs/heads/${branch}`
  const format = '--format=%(refname) %(objectname) %(worktreepath)'
  const refs = (await gitOutput(repository, ['for-each-ref', format, name]))
    .split('\n')
    .map((line) => line.split(' '))
  const [, tip, worktree] = refs.find(([ref]) => ref === name) ?? []
  if (tip === undefined || worktree) return
  const own = await gitOutput(repository, [
    'rev-list',
    '--max-count=1',
    tip,
    '--not',
    `--exclude=${name}`,
    '--all',
  ])
  if (own === '') await gitOutput(repository, ['update-ref', '-d', name, tip])
}
