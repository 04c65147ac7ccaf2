import {rename} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {isThere, unwritable, withFileLock} from '@gtown/sdk/files'
import {some} from '../removal-gate/finding.js'
import {isRealDirectory} from '../sandbox.js'
import {forgetConfiguration} from './branch.js'
import {type Deleted, deleteIn} from './delete-tree.js'
import {dropRest, removeEmpty} from './finish.js'
import {isLockedAs} from './lock-worktree.js'
import {entryFolder, type Manifest, peekManifest, treeOf} from './manifest.js'
import {
  makeFolder,
  type OpenRig,
  openRig,
  type RemovalContext,
  syncFolder,
  whileNobodyMoves,
} from './open-rig.js'
import {purgingFolder} from './places.js'
import {recoverAll} from './recover.js'
import {type Caller, refuseMounts, refuseProcesses} from './refusals.js'
import {notRemoved, removedEntry} from './removed-entry.js'

export interface PurgeRequest extends RemovalContext, Pick<Caller, 'processesIn'> {
  id: string
  /** Delete it although something stood against that when it was put away. */
  unclean?: boolean
  /** Milliseconds since the epoch at which the deletion pauses; the next call goes on. */
  until?: number
}

/** `blocked`: these are still there, with the reason; the next call tries again. */
export type Purged = {outcome: 'purged' | 'unfinished'} | {outcome: 'blocked'; left: readonly string[]}

/**
 * Deletes a sandbox that was put away: its files, what git keeps of the worktree, and what is known of it. What pins its
 * commits stays. Never follows a link, and never goes into a mount. Rejects, and leaves all as it was, with
 * `NOT_REMOVED`, `REMOVED_BROKEN`, `NOT_SAFE`, `SANDBOX_IN_USE`, `SANDBOX_MOUNTED` or `LOCKED`. Killed in between, or
 * out of time, it can be called again; nothing restores it any more then.
 */
export async function purge(request: PurgeRequest): Promise<Purged> {
  const rig = await openRig(request)
  const folder = purgingFolder(rig, request.id)
  await whileNobodyMoves(rig, async () => {
    await recoverAll(rig)
    if (!(await isRealDirectory(folder))) await mark(rig, request)
  })
  // Outside of the rig's lock: nobody waits for it.
  const purged = await withFileLock(folder, () => goOn(rig, request))
  if (purged.outcome === 'purged') await whileNobodyMoves(rig, () => removeEmpty(rig.removed))
  return purged
}

/** By a rename: on a full disk nothing can be written. */
async function mark(rig: OpenRig, {id, unclean = false, processesIn}: PurgeRequest): Promise<void> {
  const {name, verdict} = await removedEntry(rig, id)
  const address = `${rig.rig.name}/${name}`
  if (verdict.is !== 'safe' && !unclean) throw notSafe({id, address}, verdict.reasons)
  const tree = treeOf(entryFolder(rig, id))
  await refuseMounts(tree)
  await refuseProcesses(tree, {processesIn})
  try {
    await rename(entryFolder(rig, id), purgingFolder(rig, id))
  } catch (error) {
    throw unwritable(entryFolder(rig, id), error)
  }
  await syncFolder(rig.removed)
  await rig.step('marked')
}

function notSafe({id, address}: {id: string; address: string}, reasons: readonly string[]): GtError {
  return new GtError(`${id} holds work that may exist nowhere else: ${some(reasons)}`, {
    code: 'NOT_SAFE',
    hint: `Nothing was changed. Delete it nevertheless with: gt polecat purge ${address} --id ${id} --unclean`,
    details: {reasons},
  })
}

async function goOn(rig: OpenRig, {id, until = Number.POSITIVE_INFINITY}: PurgeRequest): Promise<Purged> {
  const folder = purgingFolder(rig, id)
  if (!(await isRealDirectory(folder))) throw notRemoved(rig, id)
  const read = await peekManifest(folder)
  const trees = await deleteMoved(treeOf(folder), {work: join(folder, 'work'), until})
  if (trees.is !== 'done') return unfinished(trees)
  await rig.step('tree deleted')
  if (read.is === 'present') {
    const admin = await deleteAdmin(rig, id, {manifest: read.manifest, until})
    if (admin.is !== 'done') return unfinished(admin)
    await forgetConfiguration(rig, read.manifest.branch)
  }
  await rig.step('worktree deleted')
  await dropRest(folder)
  await rig.step('purged')
  return {outcome: 'purged'}
}

const unfinished = (deleted: Exclude<Deleted, {is: 'done'}>): Purged =>
  deleted.is === 'blocked' ? {outcome: 'blocked', left: deleted.left} : {outcome: 'unfinished'}

/** Only while it is locked for this very entry: of a sandbox that is in use, git's own folder never goes. */
async function deleteAdmin(
  rig: OpenRig,
  id: string,
  {manifest: {admin}, until}: {manifest: Manifest; until: number},
): Promise<Deleted> {
  const folder = join(rig.common, 'worktrees', admin)
  const aside = join(rig.common, `gt-purging-${id}`)
  if (await isLockedAs(rig, admin, id)) return await deleteMoved(folder, {work: aside, until})
  return await deleteIn(aside, until)
}

/** Moves a folder to where it is deleted, unless that was done, and deletes what is there. */
async function deleteMoved(folder: string, {work, until}: {work: string; until: number}): Promise<Deleted> {
  if (await isRealDirectory(folder)) {
    await makeFolder(work)
    try {
      await rename(folder, join(work, 'top'))
    } catch (error) {
      throw unwritable(folder, error)
    }
  }
  return (await isThere(work)) ? await deleteIn(work, until) : {is: 'done'}
}
