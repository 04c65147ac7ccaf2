import {readdir, rm, rmdir} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, unwritable} from '@gtown/sdk/files'
import {readRecord, removeRecord, writeRecord} from '../record.js'
import {removeHome} from '../remove-home.js'
import {isRealDirectory} from '../sandbox.js'
import {giveUpBranch, takeBranchBack} from './branch.js'
import {lockWorktree, unlockWorktree} from './lock-worktree.js'
import {
  dropManifest,
  entryFolder,
  isOfWorktree,
  type Manifest,
  type OfWorktree,
  treeOf,
  writeManifest,
} from './manifest.js'
import {restoreMode} from './move.js'
import type {OpenRig} from './open-rig.js'
import {unpin} from './pin.js'
import {homeOf, placeOf} from './places.js'
import {relink} from './relink.js'
import {SIZE_FILE} from './size.js'

/** Completes a put-away after the tree was moved. Idempotent, since a recovery may repeat it. */
export async function finishPutAway(rig: OpenRig, id: string, manifest: Manifest): Promise<Manifest> {
  const entry = entryFolder(rig, id)
  if (isOfWorktree(manifest)) {
    await lockWorktree(rig, manifest.admin, id)
    await relink(rig, manifest, {tree: placeWhileAway(entry, manifest), scratch: entry})
    await rig.step('relinked')
    await giveUpBranch(rig, entry, manifest)
    await rig.step('branch given up')
  }
  await forgetWorker(rig, manifest)
  await rig.step('worker forgotten')
  const removed: Manifest = {...manifest, state: 'removed'}
  await writeManifest(entry, removed)
  await rig.step('removed')
  return removed
}

/**
 * Place that the admin folder names meanwhile. For a broken worktree nothing is there, so that no `git worktree repair`
 * writes into what was moved.
 */
const placeWhileAway = (entry: string, {plain}: Manifest) => (plain ? join(entry, 'worktree') : treeOf(entry))

/** Removes the record, unless it belongs to a later worker of the same name. */
async function forgetWorker({rig}: OpenRig, {name, record}: Manifest): Promise<void> {
  const place = {rig, name}
  const read = await readRecord(place)
  if (read.is === 'present' && read.record.incarnation === record?.incarnation) await removeRecord(place)
  await removeHome(place)
}

/** Undoes a put-away whose tree is still in its old place. Idempotent. */
export async function undoPutAway(rig: OpenRig, id: string, manifest: Manifest): Promise<void> {
  if (isOfWorktree(manifest)) await unlockWorktree(rig, manifest.admin, id)
  await unpin(rig, id)
  const place = placeOf(rig, manifest.path)
  if (await isRealDirectory(place)) await restoreMode(place, manifest.mode)
  await dropEntry(rig, id)
}

export interface Finished {
  /** Absolute path without links. */
  path: string
  name: string
  /** Why its branch is not checked out; undefined if HEAD is as it was. */
  detached?: string | undefined
}

/** Completes a restore after the tree was moved back. Idempotent. */
export async function finishRestore(rig: OpenRig, id: string, manifest: Manifest): Promise<Finished> {
  const {path, name} = manifest.target ?? manifest
  const place = placeOf(rig, path)
  const detached = isOfWorktree(manifest) ? await rejoin(rig, id, {manifest, place}) : undefined
  await rememberWorker(rig, name, manifest)
  await restoreMode(place, manifest.mode)
  await rig.step('unlocked')
  await dropEntry(rig, id)
  await rig.step('dropped')
  return {path: place, name, detached}
}

/** Connects a worktree that is in its place again. Returns why its branch is not checked out. */
async function rejoin(
  rig: OpenRig,
  id: string,
  {manifest, place}: {manifest: OfWorktree; place: string},
): Promise<string | undefined> {
  const entry = entryFolder(rig, id)
  await relink(rig, manifest, {tree: join(place, manifest.inside ?? ''), scratch: entry})
  await rig.step('relinked')
  const detached = await takeBranchBack(rig, entry, manifest)
  await rig.step('branch taken back')
  await unlockWorktree(rig, manifest.admin, id)
  return detached
}

/** Restores the worker's record, unless there is one. */
async function rememberWorker({rig}: OpenRig, name: string, {record}: Manifest): Promise<void> {
  const place = {rig, name}
  if (record && (await readRecord(place)).is === 'absent') await writeRecord(place, {...record, name})
}

/** Undoes a restore whose tree is still in its entry. Idempotent. */
export async function undoRestore(rig: OpenRig, id: string, {target, ...manifest}: Manifest): Promise<void> {
  const entry = entryFolder(rig, id)
  if (isOfWorktree(manifest))
    await relink(rig, manifest, {tree: placeWhileAway(entry, manifest), scratch: entry})
  await writeManifest(entry, {...manifest, state: 'removed'})
  if (target) await removeEmpty(homeOf(rig, target.path))
}

/** Removes the folder of an entry without a tree. Idempotent. The caller must hold the rig's lock. */
export async function dropEntry(rig: OpenRig, id: string): Promise<void> {
  await dropRest(entryFolder(rig, id))
  await removeEmpty(rig.removed)
}

/** Removes a folder with a manifest. Removes the manifest last, since it describes the rest. */
export async function dropRest(entry: string): Promise<void> {
  try {
    for (const file of await readdir(entry)) {
      if (isOurs(file)) await rm(join(entry, file), {force: true})
    }
    // The folder around what is no worktree.
    await removeEmpty(treeOf(entry))
    await dropManifest(entry)
  } catch (error) {
    if (!hasErrno(error, 'ENOENT')) throw unwritable(entry, error)
  }
  await removeEmpty(entry)
}

/** Whether a file beside a manifest is the size, the branch's log or a leftover of a killed command. */
const isOurs = (file: string) =>
  [SIZE_FILE, 'branch.log', 'branch.log.part'].includes(file) || file.startsWith('.')

/** Removes a folder if it is empty. Idempotent. */
export async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    if (!hasErrno(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) throw unwritable(folder, error)
  }
}
