import {rmdir} from 'node:fs/promises'
import {hasErrno, unwritable} from '@gtown/sdk/files'
import type {WorkerPlace} from './place.js'
import {namesIn, oldSandbox} from './sandbox.js'

/**
 * Removes the folder around a sandbox that is gone. Idempotent.
 *
 * @returns the names of other entries in the folder, which then stays
 */
export async function removeHome(place: WorkerPlace): Promise<string[]> {
  const home = oldSandbox(place)
  try {
    await rmdir(home)
    return []
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return []
    if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return await namesIn(home)
    throw unwritable(home, error)
  }
}
