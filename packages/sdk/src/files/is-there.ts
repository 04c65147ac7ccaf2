import {lstat} from 'node:fs/promises'
import {hasErrno, unreadable} from './errno.js'

/** True for a file, folder or link of that path, whatever a link points to. Rejects where it cannot be told. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw unreadable(path, error)
  }
}
