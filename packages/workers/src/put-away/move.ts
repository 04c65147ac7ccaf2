import {chmod, lstat, rename} from 'node:fs/promises'
import {dirname} from 'node:path'
import {hasErrno, reasonOf} from '@gtown/sdk/files'
import {isRealDirectory} from '../sandbox.js'
import {syncFolder} from './open-rig.js'
import {cannotMove} from './refusals.js'
import {makeWritable} from './relink.js'

/**
 * Moves a sandbox by one rename, so that it is never split between two places. Rejects with `CANNOT_MOVE` if the system
 * refuses. The permissions are then as they were.
 */
export async function moveTree(from: string, to: string): Promise<void> {
  const {mode} = await lstat(from)
  try {
    // The rename writes the `..` of this folder, which needs write permission. Folders below it need none.
    if (await isRealDirectory(from)) await makeWritable(from)
    await rename(from, to)
  } catch (error) {
    if (!hasErrno(error, 'ENOENT')) await restoreMode(from, mode)
    throw cannotMove(from, reasonOf(error))
  }
  await syncFolder(dirname(from))
  await syncFolder(dirname(to))
}

/** Gives a folder the permissions that it had. Idempotent. */
export async function restoreMode(path: string, mode: number): Promise<void> {
  const now = await lstat(path)
  if (now.isDirectory() && (now.mode & 0o7777) !== (mode & 0o7777)) await chmod(path, mode & 0o7777)
}
