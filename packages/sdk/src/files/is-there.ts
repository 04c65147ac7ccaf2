import {lstat} from 'node:fs/promises'
import {hasErrno, unreadable} from './errno.js'

/**
 * True if the path is a file, folder or link, wherever a link points to. Rejects with `UNREADABLE` if that is
 * unknown.
 */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw unreadable(path, error)
  }
}
