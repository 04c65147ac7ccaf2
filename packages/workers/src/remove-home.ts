import {rmdir} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, unwritable} from '@gtown/sdk/files'
import {removeDeadLock} from './dead-lock.js'
import type {WorkerPlace} from './place.js'
import {namesIn, oldSandbox} from './sandbox.js'

/**
 * Removes the folder around a sandbox that is gone, also if a killed command left the sandbox's lock in it. Idempotent.
 *
 * @returns the names of other entries in the folder, which then stays
 */
export async function removeHome(place: WorkerPlace): Promise<string[]> {
  const home = oldSandbox(place)
  const left = await removeFolder(home)
  const lock = `.${place.rig.name}.lock`
  if (!left.includes(lock)) return left
  await removeDeadLock(join(home, lock))
  return await removeFolder(home)
}

async function removeFolder(home: string): Promise<string[]> {
  try {
    await rmdir(home)
    return []
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return []
    if (hasErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) return await namesIn(home)
    throw unwritable(home, error)
  }
}
