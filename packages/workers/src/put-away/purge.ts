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
import {lossesOf} from './losses.js'
import {entryFolder, type Manifest, peekManifest, treeOf} from './manifest.js'
import {
  makeFolder,
  type OpenRig,
  openRig,
  type RemovalContext,
  syncFolder,
  whileNobodyMoves,
} from './open-rig.js'
import {branchCommand} from './pin.js'
import {purgingFolder} from './places.js'
import {recoverAll} from './recover.js'
import {type Caller, refuseMounts, refuseProcesses} from './refusals.js'
import {notRemoved, removedEntry} from './removed-entry.js'

export interface PurgeRequest extends RemovalContext, Pick<Caller, 'processesIn'> {
  id: string
  /** Delete the sandbox even if its verdict is not `safe`. */
  unclean?: boolean
  /** Time at which the deletion pauses, in milliseconds since the epoch. The next call continues it. */
  until?: number
}

/**
 * `undo`: the command that makes a branch of the sandbox's commits, if it had any. `blocked`: `left` lists each
 * remaining path with the reason. The next call tries again.
 */
export type Purged =
  | {outcome: 'purged'; undo?: string}
  | {outcome: 'unfinished'}
  | {outcome: 'blocked'; left: readonly string[]}

/**
 * Deletes a sandbox that was put away: its files, its worktree's admin folder and its manifest. Keeps the refs that pin
 * its commits. Never follows a link, and never enters a mount. Rejects with `NOT_REMOVED`, `REMOVED_BROKEN`,
 * `NOT_SAFE`, `SANDBOX_IN_USE`, `SANDBOX_MOUNTED` or `LOCKED`, and then changes nothing. A purge that was killed or ran
 * out of time can be called again. The sandbox cannot be restored after a purge has begun.
 */
export async function purge(request: PurgeRequest): Promise<Purged> {
  const rig = await openRig(request)
  const folder = purgingFolder(rig, request.id)
  await whileNobodyMoves(rig, async () => {
    await recoverAll(rig)
    if (!(await isRealDirectory(folder))) await mark(rig, request)
  })
  // Deletes outside of the rig's lock, so that no other command has to wait for it.
  const purged = await withFileLock(folder, () => goOn(rig, request))
  if (purged.outcome === 'purged') await whileNobodyMoves(rig, () => removeEmpty(rig.removed))
  return purged
}

/** Marks an entry as being deleted. Renames it, since a full disk allows no writes. */
async function mark(rig: OpenRig, {id, unclean = false, processesIn}: PurgeRequest): Promise<void> {
  const {name, verdict} = await removedEntry(rig, id)
  const address = `${rig.rig.name}/${name}`
  if (verdict.is !== 'safe' && !unclean) throw notSafe({id, address}, lossesOf(verdict))
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

function notSafe({id, address}: {id: string; address: string}, losses: readonly string[]): GtError {
  return new GtError(`${id} holds work that may exist nowhere else: ${some(losses)}`, {
    code: 'NOT_SAFE',
    hint: `Nothing was changed. To delete it anyway: gt polecat purge ${address} --id ${id} --unclean`,
    details: {losses},
  })
}

async function goOn(rig: OpenRig, {id, until = Number.POSITIVE_INFINITY}: PurgeRequest): Promise<Purged> {
  const folder = purgingFolder(rig, id)
  if (!(await isRealDirectory(folder))) throw notRemoved(rig, id)
  const read = await peekManifest(folder)
  const undo = read.is === 'present' ? branchCommand(rig, read.manifest) : undefined
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
  return {outcome: 'purged', ...(undo !== undefined && {undo})}
}

const unfinished = (deleted: Exclude<Deleted, {is: 'done'}>): Purged =>
  deleted.is === 'blocked' ? {outcome: 'blocked', left: deleted.left} : {outcome: 'unfinished'}

/** Deletes the worktree's admin folder if it is locked for this entry. Otherwise the worktree may be in use again. */
async function deleteAdmin(
  rig: OpenRig,
  id: string,
  {manifest: {admin}, until}: {manifest: Manifest; until: number},
): Promise<Deleted> {
  if (admin === null) return {is: 'done'}
  const folder = join(rig.common, 'worktrees', admin)
  const aside = join(rig.common, `gt-purging-${id}`)
  if (await isLockedAs(rig, admin, id)) return await deleteMoved(folder, {work: aside, until})
  return await deleteIn(aside, until)
}

/** Moves a folder into `work`, unless an earlier call did so, and deletes `work`. */
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
