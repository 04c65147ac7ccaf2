import {isRealDirectory, namesIn} from '../sandbox.js'
import {entryFolder, type Manifest, peekManifest, treeOf, type Verdict} from './manifest.js'
import {hasRemoved, type OpenRig, openRig, type RemovalContext} from './open-rig.js'
import {PURGING, placeOf, purgingFolder} from './places.js'

/** A sandbox that was put away. */
export interface RemovedSandbox {
  /** Tells it from every other one of its rig, of the same worker too. */
  id: string
  /** The worker. */
  name: string
  state: Manifest['state']
  /** Where it is, and where it was. Absolute paths. */
  path: string
  from: string
  head: string | null
  branch: string | null
  /** ISO 8601. */
  removedAt: string
  verdict: Verdict
}

export interface RemovedList {
  /** The oldest first. */
  sandboxes: RemovedSandbox[]
  /** Absolute paths of folders that hold a sandbox and no manifest that can be read. */
  unknown: string[]
  /** Those whose deletion has begun; undefined where the worker's name is not known any more. */
  purging: {id: string; name: string | undefined}[]
}

/** The sandboxes of a rig that were put away. Changes nothing, and waits for nobody. */
export async function listRemoved(context: RemovalContext): Promise<RemovedList> {
  const list: RemovedList = {sandboxes: [], unknown: [], purging: []}
  if (!(await hasRemoved(context.rig))) return list
  const rig = await openRig(context)
  for (const name of await namesIn(rig.removed)) {
    if (name.startsWith(PURGING)) list.purging.push(await begun(rig, name.slice(PURGING.length)))
    if (name.startsWith('.')) continue
    const read = await peekManifest(entryFolder(rig, name))
    if (read.is === 'present') list.sandboxes.push(viewOf(rig, name, read.manifest))
    else if (await isRealDirectory(treeOf(entryFolder(rig, name)))) list.unknown.push(entryFolder(rig, name))
  }
  list.sandboxes.sort((a, b) => a.removedAt.localeCompare(b.removedAt))
  return list
}

async function begun(rig: OpenRig, id: string): Promise<RemovedList['purging'][number]> {
  const read = await peekManifest(purgingFolder(rig, id))
  return {id, name: read.is === 'present' ? read.manifest.name : undefined}
}

export function viewOf(rig: OpenRig, id: string, manifest: Manifest): RemovedSandbox {
  const {name, state, path, head, branch, removed_at, verdict} = manifest
  return {
    id,
    name,
    state,
    path: treeOf(entryFolder(rig, id)),
    from: placeOf(rig, path),
    head,
    branch,
    removedAt: removed_at,
    verdict,
  }
}
