import {isRealDirectory, namesIn} from '../sandbox.js'
import {entryFolder, type Manifest, peekManifest, treeOf, type Verdict} from './manifest.js'
import {type OpenRig, openRig, type RemovalContext} from './open-rig.js'
import {PURGING, placeOf} from './places.js'

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
  /** The ids of those whose deletion has begun. */
  purging: string[]
}

/** The sandboxes of a rig that were put away. Changes nothing, and waits for nobody. */
export async function listRemoved(context: RemovalContext): Promise<RemovedList> {
  const rig = await openRig(context)
  const names = (await isRealDirectory(rig.removed)) ? await namesIn(rig.removed) : []
  const list: RemovedList = {sandboxes: [], unknown: [], purging: []}
  for (const name of names) {
    if (name.startsWith(PURGING)) list.purging.push(name.slice(PURGING.length))
    if (name.startsWith('.')) continue
    const read = await peekManifest(entryFolder(rig, name))
    if (read.is === 'present') list.sandboxes.push(viewOf(rig, name, read.manifest))
    else if (await isRealDirectory(treeOf(entryFolder(rig, name)))) list.unknown.push(entryFolder(rig, name))
  }
  list.sandboxes.sort((a, b) => a.removedAt.localeCompare(b.removedAt))
  return list
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
