import {rmdir} from 'node:fs/promises'
import type {SandboxRemovalResult} from '@gtown/sdk'
import {hasErrno, unwritable, withFileLock} from '@gtown/sdk/files'
import type {WorkerPlace} from './place.js'
import {archiveAndRemove} from './removal-gate/archive-and-remove.js'
import {type GateRequest, lookThroughGate} from './removal-gate/gate.js'
import {namesIn, oldSandbox} from './sandbox.js'

export interface RemovalRequest extends GateRequest {
  /** The commit for which the removal was decided. A sandbox at another commit is refused. */
  head?: string
}

/**
 * Removes a sandbox if the gate, run once more, says that nothing would be lost. A refused sandbox is unchanged. It holds
 * the sandbox's lock, so no other process checks or removes it meanwhile. Rejects as `archiveAndRemove` does. If it is
 * killed in between, everything is either still there or archived. Call it after the sandbox's processes have ended.
 */
export async function removeIfSafe({head, ...request}: RemovalRequest): Promise<SandboxRemovalResult> {
  return await withFileLock(request.path, async () => {
    const result = await lookThroughGate(request)
    if (result.verdict !== 'safe') {
      return {outcome: 'refused', verdict: result.verdict, reasons: result.reasons}
    }
    const {seen, evidence} = result
    if (head !== undefined && seen.worktree.head !== head) {
      return {outcome: 'refused', verdict: 'unsafe', reasons: ['its HEAD has moved']}
    }
    const archived = await archiveAndRemove({...request, seen})
    return {outcome: 'removed', evidence, archived}
  })
}

/**
 * Removes the folder around a removed sandbox. Idempotent.
 *
 * @returns the names of other entries in the folder, which then stays
 */
export async function removeHome(place: WorkerPlace): Promise<string[]> {
  const home = oldSandbox(place)
  try {
    await rmdir(home)
    return []
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return []
    if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return await namesIn(home)
    throw unwritable(home, error)
  }
}
