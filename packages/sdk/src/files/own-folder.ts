import {lstat, mkdir} from 'node:fs/promises'
import {hasErrno} from './errno.js'

/**
 * Makes a folder of ours in one that is there; nothing happens where it is there already. Rejects rather than follow
 * a link in its place: it might lead out of the rig.
 *
 * @param mode permissions of a folder that is new
 */
export async function makeOwnFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, {mode})
  } catch (error) {
    if (!hasErrno(error, 'EEXIST')) throw error
  }
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is not a directory, or a link to one`)
}
