import {isGtError} from '@gtown/sdk'
import {isRealDirectory, namesIn} from '../sandbox.js'
import {dropEntry, finishPutAway, finishRestore, undoPutAway, undoRestore} from './finish.js'
import {entryFolder, hasArrived, type Manifest, readManifest, treeOf} from './manifest.js'
import {hasRemoved, type OpenRig, openRig, type RemovalContext, whileNobodyMoves} from './open-rig.js'
import {placeOf} from './places.js'

/**
 * Finishes, or takes back, what killed commands began. Any of the others does so first; to be called before a worker is
 * made.
 *
 * @returns one sentence for each entry that needs a person: it stays as it is
 */
export async function recoverRemovals(context: RemovalContext): Promise<string[]> {
  if (!(await hasRemoved(context.rig))) return []
  const rig = await openRig(context)
  if ((await removedIds(rig)).length === 0) return []
  return await whileNobodyMoves(rig, () => recoverAll(rig))
}

/** The same inside the rig's lock. */
export async function recoverAll(rig: OpenRig): Promise<string[]> {
  const problems: string[] = []
  for (const id of await removedIds(rig)) {
    try {
      const problem = await recoverOne(rig, id)
      if (problem !== undefined) problems.push(problem)
    } catch (error) {
      // One that cannot be recovered now does not keep the others from it.
      if (!isGtError(error)) throw error
      problems.push(`${entryFolder(rig, id)} cannot be recovered: ${error.message}`)
    }
  }
  return problems
}

/** The entries of a rig; not those that are being deleted. */
async function removedIds(rig: OpenRig): Promise<string[]> {
  if (!(await isRealDirectory(rig.removed))) return []
  return (await namesIn(rig.removed)).filter((name) => !name.startsWith('.')).sort()
}

/** The manifest, and where the tree is, tell how far it came: before the rename back, after it forward. */
async function recoverOne(rig: OpenRig, id: string): Promise<string | undefined> {
  const entry = entryFolder(rig, id)
  const hasTree = await isRealDirectory(treeOf(entry))
  const read = await readManifest(entry)
  if (read.is === 'unusable')
    return withoutManifest(entry, `its manifest was cut, and set aside as ${read.setAside}`)
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
  if (await hasArrived(entryFolder(rig, id)))
    await (manifest.state === 'moving' ? finishPutAway : undoRestore)(rig, id, manifest)
  else if (!(await isRealDirectory(place))) return gone(rig, id)
  else await (manifest.state === 'moving' ? undoPutAway : finishRestore)(rig, id, manifest)
  return undefined
}

function withoutManifest(entry: string, why: string): string {
  return `${entry} cannot be restored by gt: ${why}. Its files are in ${treeOf(entry)}.`
}

function gone(rig: OpenRig, id: string): string {
  return `${treeOf(entryFolder(rig, id))} is gone: somebody else moved or deleted it`
}
