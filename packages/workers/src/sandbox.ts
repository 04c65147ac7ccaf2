import {lstat, readdir} from 'node:fs/promises'
import {join} from 'node:path'
import type {Rig} from '@gtown/sdk'
import {hasErrno, isThere, unreadable} from '@gtown/sdk/files'
import type {WorkerPlace} from './place.js'

/** Absolute path of the folder with a rig's workers. */
export const polecatsFolder = ({path}: Pick<Rig, 'path'>) => join(path, 'polecats')

/** Absolute path of a worker's sandbox in the current layout. */
export const newSandbox = ({rig, name}: WorkerPlace) => join(polecatsFolder(rig), name, rig.name)

/** Absolute path of a worker's sandbox in the older layout; in the current one, the folder around the sandbox. */
export const oldSandbox = ({rig, name}: WorkerPlace) => join(polecatsFolder(rig), name)

/**
 * Absolute path of a worker's sandbox; undefined when it has none. When both folders exist, the one that is a worktree
 * counts: in the older layout the repository may contain a folder named like the rig. Links do not count. It does not
 * check that git accepts the worktree. Rejects with `UNREADABLE`.
 */
export async function findSandbox(place: WorkerPlace): Promise<string | undefined> {
  const [home, path] = [oldSandbox(place), newSandbox(place)]
  if (!(await isRealDirectory(home))) return undefined
  const isNew = await isRealDirectory(path)
  if (isNew && (await isThere(join(path, '.git')))) return path
  if (await isThere(join(home, '.git'))) return home
  return isNew ? path : undefined
}

/** The names in a directory; empty when it does not exist. */
export async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(directory, error)
  }
}

/** True for a directory, but not for a link to one, which could lead out of the town. */
export async function isRealDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw unreadable(path, error)
  }
}
