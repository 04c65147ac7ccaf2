import {join} from 'node:path'
import {isGtError} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {removeDeadLock} from '../dead-lock.js'
import {isRealDirectory, namesIn} from '../sandbox.js'
import {dropEntry, finishPutAway, finishRestore, removeEmpty, undoPutAway, undoRestore} from './finish.js'
import {entryFolder, hasArrived, type Manifest, readManifest, treeOf} from './manifest.js'
import {hasTraces, type OpenRig, openRig, type RemovalContext, whileNobodyMoves} from './open-rig.js'
import {PURGING, placeOf} from './places.js'

/**
 * Finishes or undoes the moves that killed commands began. A put-away, a restore and a purge do so first. The caller
 * must do so before it makes a worker.
 *
 * @returns a message for each entry that gt cannot recover; the entry itself stays
 */
export async function recoverRemovals(context: RemovalContext): Promise<string[]> {
  if (!(await hasTraces(context.rig))) return []
  const rig = await openRig(context)
  return await whileNobodyMoves(rig, () => recoverAll(rig))
}

/** Does the same as `recoverRemovals`. The caller must hold the rig's lock. */
export async function recoverAll(rig: OpenRig): Promise<string[]> {
  const problems: string[] = []
  await tidy(rig)
  for (const id of await removedIds(rig)) {
    try {
      const problem = await recoverOne(rig, id)
      if (problem !== undefined) problems.push(problem)
    } catch (error) {
      // A failed recovery must not prevent the others.
      if (!isGtError(error)) throw error
      problems.push(`gt cannot recover ${entryFolder(rig, id)}: ${error.message}`)
    }
  }
  return problems
}

/**
 * Removes what purges leave that were killed at their very end: empty folders, and locks whose owners are gone. Purges
 * that have something to delete stay.
 */
async function tidy(rig: OpenRig): Promise<void> {
  for (const name of await namesIn(rig.removed)) {
    const path = join(rig.removed, name)
    if (name.startsWith(PURGING)) await removeEmpty(path)
    if (name.endsWith('.lock')) await removeDeadLock(path)
  }
  if (await isRealDirectory(rig.removed)) await removeEmpty(rig.removed)
}

/** Lists the entries of a rig, without those that are being deleted. */
async function removedIds(rig: OpenRig): Promise<string[]> {
  if (!(await isRealDirectory(rig.removed))) return []
  return (await namesIn(rig.removed)).filter((name) => !name.startsWith('.')).sort()
}

/** Recovers an entry by its manifest and the place of its tree. Undoes a move before its rename, finishes it after. */
async function recoverOne(rig: OpenRig, id: string): Promise<string | undefined> {
  const entry = entryFolder(rig, id)
  const hasTree = await isRealDirectory(treeOf(entry))
  const read = await readManifest(entry)
  if (read.is === 'unusable')
    return withoutManifest(entry, `its manifest is damaged, and was set aside as ${read.setAside}`)
  if (read.is === 'absent') {
    if (hasTree) return withoutManifest(entry, 'it has no manifest')
    await dropEntry(rig, id)
    return undefined
  }
  return await recoverState(rig, id, {manifest: read.manifest, hasTree})
}

async function recoverState(
  rig: OpenRig,
  id: string,
  {manifest, hasTree}: {manifest: Manifest; hasTree: boolean},
): Promise<string | undefined> {
  const place = placeOf(rig, (manifest.target ?? manifest).path)
  if (manifest.state === 'removed') return hasTree ? undefined : gone(rig, id)
  if (await hasArrived(entryFolder(rig, id), manifest))
    await (manifest.state === 'moving' ? finishPutAway : undoRestore)(rig, id, manifest)
  else if (!(await isThere(place))) return gone(rig, id)
  else await (manifest.state === 'moving' ? undoPutAway : finishRestore)(rig, id, manifest)
  return undefined
}

function withoutManifest(entry: string, why: string): string {
  return `gt cannot restore ${entry}: ${why}. Its files are in ${treeOf(entry)}.`
}

function gone(rig: OpenRig, id: string): string {
  return `${treeOf(entryFolder(rig, id))} is gone: something other than gt moved or deleted it`
}
