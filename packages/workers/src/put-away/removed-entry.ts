import {join} from 'node:path'
import {GtError, shorten} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {isRealDirectory} from '../sandbox.js'
import {isLockedAs} from './lock-worktree.js'
import {contentOf, entryFolder, type Manifest, peekManifest, treeOf} from './manifest.js'
import type {OpenRig} from './open-rig.js'

/**
 * Reads the manifest of an entry, and checks that the entry is complete. The caller must call `recoverAll` first.
 * Rejects with `NOT_REMOVED` if there is no entry with that id, and with `REMOVED_BROKEN` if a part of it is missing.
 */
export async function removedEntry(rig: OpenRig, id: string): Promise<Manifest> {
  const entry = entryFolder(rig, id)
  const isName = /^[\w-]+$/.test(id)
  if (!isName || !(await isRealDirectory(entry))) throw notRemoved(rig, id)
  const read = await peekManifest(entry)
  if (read.is !== 'present') throw broken(rig, id, 'it has no readable manifest')
  const {manifest} = read
  const isWhole = (await isRealDirectory(treeOf(entry))) && (await isThere(contentOf(entry, manifest)))
  if (!isWhole) throw broken(rig, id, 'its files are gone')
  if (manifest.state !== 'removed') throw broken(rig, id, 'another command has not finished with it')
  return manifest
}

/** Rejects with `REMOVED_BROKEN` if it has a worktree whose admin folder is gone, or is no longer locked for this entry. */
export async function refuseStrangeAdmin(rig: OpenRig, id: string, {admin}: Manifest): Promise<void> {
  if (admin === null) return
  const folder = join(rig.common, 'worktrees', admin)
  if (!(await isRealDirectory(folder))) throw broken(rig, id, `${folder} is gone`)
  if (!(await isLockedAs(rig, admin, id))) throw broken(rig, id, `${folder} is no longer locked for it`)
}

export function notRemoved({rig}: OpenRig, id: string): GtError {
  return new GtError(`no sandbox of ${rig.name} was put away as '${shorten(id)}'`, {
    code: 'NOT_REMOVED',
    hint: `See them with: gt polecat list ${rig.name} --removed`,
  })
}

function broken(rig: OpenRig, id: string, why: string): GtError {
  const entry = entryFolder(rig, id)
  return new GtError(`${entry} cannot be used: ${why}`, {
    code: 'REMOVED_BROKEN',
    hint: `Nothing was changed. Any files that are left are in ${treeOf(entry)}.`,
  })
}
