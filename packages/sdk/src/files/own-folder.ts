import {lstat, mkdir} from 'node:fs/promises'
import {hasErrno} from './errno.js'

/**
 * Creates a folder of gt in an existing folder, unless it exists. Rejects if a link is in its place, which might lead
 * out of the rig.
 *
 * @param mode permissions of a new folder
 */
export async function makeOwnFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, {mode})
  } catch (error) {
    if (!hasErrno(error, 'EEXIST')) throw error
  }
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is not a directory, or is a link to one`)
}
