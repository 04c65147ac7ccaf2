import {statSync} from 'node:fs'
import {hasErrno, unreadable} from '@gtown/sdk/files'

/** True for a directory and for a link to one. */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return false
    throw unreadable(path, error)
  }
}
