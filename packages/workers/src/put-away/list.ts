import {isRealDirectory, namesIn} from '../sandbox.js'
import {entryFolder, type Manifest, peekManifest, treeOf, type Verdict} from './manifest.js'
import {hasRemoved, type OpenRig, openRig, type RemovalContext} from './open-rig.js'
import {PURGING, placeOf, purgingFolder} from './places.js'

/** A sandbox that was put away. */
export interface RemovedSandbox {
  /** Unique in its rig, even among the sandboxes of one worker. */
  id: string
  /** Name of the worker. */
  name: string
  state: Manifest['state']
  /** Absolute path now. */
  path: string
  /** Absolute path before it was put away. */
  from: string
  /** Null if there is no commit yet. */
  head: string | null
  /** Null if HEAD was detached. */
  branch: string | null
  /** ISO 8601. */
  removedAt: string
  verdict: Verdict
}

export interface RemovedList {
  /** Oldest first. */
  sandboxes: RemovedSandbox[]
  /** Absolute paths of folders that hold a sandbox but no readable manifest. */
  unknown: string[]
  /** Sandboxes that are being deleted. `name` is undefined if the manifest is gone or unreadable. */
  purging: {id: string; name: string | undefined}[]
}

/** Lists the sandboxes of a rig that were put away. Changes nothing, and takes no lock. */
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
