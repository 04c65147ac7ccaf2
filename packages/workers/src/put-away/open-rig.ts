import {chown, lstat, open, realpath} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError, type Rig} from '@gtown/sdk'
import {isThere, makeOwnFolder, unreadable, unwritable, withLock} from '@gtown/sdk/files'
import type {Git} from '@gtown/sdk/git'
import {noRepository} from '../no-repository.js'
import {isRealDirectory, polecatsFolder} from '../sandbox.js'

/** The rig, and the git to run on its repository. */
export interface RemovalContext {
  git: Git
  rig: Pick<Rig, 'name' | 'path'>
  /** Called after each step with its name. Tests use it to kill the process between two steps. */
  step?: (name: string) => void | Promise<void>
}

/** A rig with its folders as absolute paths without links. */
export interface OpenRig {
  git: Git
  rig: Pick<Rig, 'name' | 'path'>
  /** The folder of the sandboxes. */
  polecats: string
  /** The folder of the sandboxes that were put away. */
  removed: string
  /** The git directory that all worktrees share. */
  common: string
  step: (name: string) => void | Promise<void>
}

/** Hidden from every list of workers. On the filesystem of the sandboxes, so that a rename can move one there. */
const REMOVED = '.removed'

/** Finds the folders of a rig. Rejects with `NO_REPOSITORY` if the rig has no repository. */
export async function openRig({git, rig, step = () => {}}: RemovalContext): Promise<OpenRig> {
  const [root, polecats] = await Promise.all([resolved(rig.path), resolved(polecatsFolder(rig))])
  for (const place of ['.repo.git', 'mayor/rig/.git']) {
    const common = join(root, place)
    if (await isRealDirectory(common))
      return {git, rig, polecats, removed: join(polecats, REMOVED), common, step}
  }
  throw noRepository(rig)
}

/** Whether a rig has a folder of sandboxes that were put away. Does not need the repository. */
export async function hasRemoved(rig: Pick<Rig, 'path'>): Promise<boolean> {
  return await isRealDirectory(join(polecatsFolder(rig), REMOVED))
}

/** Whether a put-away, a restore or a purge ran in a rig that may have left something. Does not need the repository. */
export async function hasTraces(rig: Pick<Rig, 'path'>): Promise<boolean> {
  const removed = join(polecatsFolder(rig), REMOVED)
  return (await isRealDirectory(removed)) || (await isThere(lockOf({removed})))
}

/** Returns the path without links, or unchanged if it does not exist. */
async function resolved(path: string): Promise<string> {
  try {
    return (await isThere(path)) ? await realpath(path) : path
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** Folder that is the rig's lock for put-away, restore and purge. */
const lockOf = ({removed}: Pick<OpenRig, 'removed'>) => `${removed}.lock`

/** Runs work under the rig's lock for put-away, restore and purge. Rejects with `LOCKED` after 10 s. */
export async function whileNobodyMoves<T>(rig: OpenRig, work: () => Promise<T>): Promise<T> {
  await makeFolder(rig.polecats)
  const directory = lockOf(rig)
  const refuse = (holders: readonly number[]) =>
    new GtError(
      `another gt is moving a sandbox of ${rig.rig.name}${holders.length > 0 ? ` (pid ${holders.join(', ')})` : ''}`,
      {
        code: 'LOCKED',
        hint: `Try again. If no other gt runs, remove ${directory}.`,
      },
    )
  return await withLock(directory, {waitMs: 10_000, refuse}, work)
}

/** Makes a folder, owned by the owner of its parent. Otherwise a folder made by root would lock out the user. */
export async function makeFolder(path: string): Promise<void> {
  try {
    const isNew = !(await isThere(path))
    await makeOwnFolder(path, 0o755)
    if (!isNew || process.getuid?.() !== 0) return
    const {uid, gid} = await lstat(join(path, '..'))
    await chown(path, uid, gid)
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** Waits until new, renamed and removed entries of a folder are on disk. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
