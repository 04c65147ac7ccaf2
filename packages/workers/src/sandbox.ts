import {lstat, readdir} from 'node:fs/promises'
import {join} from 'node:path'
import type {Rig} from '@gtown/sdk'
import {hasErrno, isThere, unreadable} from '@gtown/sdk/files'
import type {WorkerPlace} from './place.js'

/** Absolute path of the folder that holds the workers of a rig. */
export const polecatsFolder = ({path}: Pick<Rig, 'path'>) => join(path, 'polecats')

/** Where the sandbox of a worker is. */
export const newSandbox = ({rig, name}: WorkerPlace) => join(polecatsFolder(rig), name, rig.name)

/** Where it is in towns that were laid out long ago. */
export const oldSandbox = ({rig, name}: WorkerPlace) => join(polecatsFolder(rig), name)

/**
 * Absolute path of a worker's sandbox; undefined when it has none. The worktree decides where there are both folders:
 * a repository may have a folder that is called like the rig. A link is none. Whether git takes it for sound is not
 * looked at. Rejects with `UNREADABLE`.
 */
export async function findSandbox(place: WorkerPlace): Promise<string | undefined> {
  const [home, path] = [oldSandbox(place), newSandbox(place)]
  if (!(await isRealDirectory(home))) return undefined
  const isNew = await isRealDirectory(path)
  if (isNew && (await isThere(join(path, '.git')))) return path
  if (await isThere(join(home, '.git'))) return home
  return isNew ? path : undefined
}

/** The names in a directory; none where there is no such directory. */
export async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(directory, error)
  }
}

/** True for a directory that is none by a link, which might lead out of the town. */
export async function isRealDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw unreadable(path, error)
  }
}
