import {realpath} from 'node:fs/promises'
import {GtError} from '@gtown/sdk'
import {archive} from './archive.js'
import {checkUnmoved, type SeenSandbox} from './gate.js'
import {isInside} from './identify.js'
import {ask, type GateContext} from './repository.js'

export interface RemovalRequest extends GateContext {
  /** What the gate saw when it said safe. */
  seen: SeenSandbox
  /** The directory of whoever asks. */
  callerDirectory: string
}

/**
 * Removes a sandbox that the gate just found safe: archives its commits, removes the worktree, and deletes its branch,
 * whose tip is archived by then. Refuses with `SANDBOX_CHANGED` what is no longer as the gate saw it, and with
 * `SANDBOX_IN_USE` the caller's own directory. Killed in between, everything is either still there or archived.
 *
 * To be called inside the same `withFileLock` as the gate.
 *
 * @returns the refs under which its commits are kept, HEAD's first
 */
export async function removeSandbox(request: RemovalRequest): Promise<string[]> {
  const {seen, callerDirectory} = request
  const {worktree, status, needsForce} = seen
  if (isInside(await realpath(callerDirectory), worktree.path)) throw inUse(worktree.path)
  const [moved] = await checkUnmoved(request, worktree, status)
  if (moved) throw changed(worktree.path, moved.text)
  const refs = await archive(request, worktree)
  // Git looks for changes once more, unless it is forced to.
  const force = needsForce ? ['--force'] : []
  const fromOutside = {...request, path: worktree.commonDir}
  await ask(fromOutside, 'worktree', 'remove', ...force, '--', worktree.path)
  if (worktree.branch !== null) await deleteBranch(fromOutside, worktree.branch, worktree.head)
  return refs
}

/** Only as long as its tip is the commit that was archived. */
async function deleteBranch(context: GateContext, branch: string, tip: string): Promise<void> {
  await ask(context, 'update-ref', '-d', `refs/heads/${branch}`, tip)
  const {code, stderr} = await context.git(['config', '--remove-section', `branch.${branch}`], {
    cwd: context.path,
    timeoutMs: context.timeoutMs,
  })
  // It has a section only where it has an upstream.
  if (code !== 0 && !stderr.includes('no such section')) {
    throw new GtError(`the settings of branch ${branch} could not be removed`, {code: 'GIT_FAILED'})
  }
}

function changed(path: string, what: string): GtError {
  return new GtError(`${path} was not removed: ${what}`, {
    code: 'SANDBOX_CHANGED',
    hint: 'Nothing was removed. Look again.',
  })
}

function inUse(path: string): GtError {
  return new GtError(`${path} was not removed: this command was called from inside of it`, {
    code: 'SANDBOX_IN_USE',
    hint: 'Call it from another directory.',
  })
}
