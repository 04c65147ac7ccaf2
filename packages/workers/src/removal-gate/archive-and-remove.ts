import {realpath} from 'node:fs/promises'
import {GtError} from '@gtown/sdk'
import {archive} from './archive.js'
import {checkUnmoved, type SeenSandbox} from './gate.js'
import {isInside} from './identify.js'
import {type GateContext, runGit} from './repository.js'

export interface RemovalRequest extends GateContext {
  /** The sandbox as the gate saw it when it said safe. */
  seen: SeenSandbox
  /** The caller's directory. */
  callerDirectory: string
}

/**
 * Removes a sandbox that the gate just found safe: archives its commits, removes the worktree, and deletes its branch,
 * whose tip is archived by then. Rejects with `SANDBOX_CHANGED` when the sandbox is no longer as the gate saw it, and
 * with `SANDBOX_IN_USE` for the caller's own directory. If it is killed in between, everything is either still there or
 * archived.
 *
 * Call it inside the same `withFileLock` as the gate.
 *
 * @returns the archive refs, HEAD's first
 */
export async function archiveAndRemove(request: RemovalRequest): Promise<string[]> {
  const {seen, callerDirectory} = request
  const {worktree, status, needsForce} = seen
  if (isInside(await realpath(callerDirectory), worktree.path)) throw inUse(worktree.path)
  const [moved] = await checkUnmoved(request, worktree, status)
  if (moved) throw changed(worktree.path, moved.text)
  const refs = await archive(request, worktree)
  // Without --force git checks for changes once more.
  const force = needsForce ? ['--force'] : []
  const fromOutside = {...request, path: worktree.commonDir}
  await runGit(fromOutside, 'worktree', 'remove', ...force, '--', worktree.path)
  if (worktree.branch !== null) await deleteBranch(fromOutside, worktree.branch, worktree.head)
  return refs
}

/** Deletes the branch, provided that its tip is still the archived commit. */
async function deleteBranch(context: GateContext, branch: string, tip: string): Promise<void> {
  await runGit(context, 'update-ref', '-d', `refs/heads/${branch}`, tip)
  const {code, stderr} = await context.git(['config', '--remove-section', `branch.${branch}`], {
    cwd: context.path,
    timeoutMs: context.timeoutMs,
  })
  // Only a branch with an upstream has a section.
  if (code !== 0 && !stderr.includes('no such section')) {
    throw new GtError(`the settings of branch ${branch} could not be removed`, {code: 'GIT_FAILED'})
  }
}

function changed(path: string, what: string): GtError {
  return new GtError(`${path} was not removed: ${what}`, {
    code: 'SANDBOX_CHANGED',
    hint: 'Nothing was removed. Check the sandbox, then try again.',
  })
}

function inUse(path: string): GtError {
  return new GtError(`${path} was not removed: this command runs inside it`, {
    code: 'SANDBOX_IN_USE',
    hint: 'Run it from another directory.',
  })
}
