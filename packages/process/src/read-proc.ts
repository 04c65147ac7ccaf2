import {readFileSync} from 'node:fs'
import {hasErrno} from './processes.js'

/** The text of a file in /proc; undefined when the process has ended or is hidden from this user. */
export function readProc(path: string): string | undefined {
  return whileVisible(() => readFileSync(path, 'utf8'))
}

/** The result of `read`; undefined when the process has ended or is hidden from this user. */
export function whileVisible<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (hasErrno(error, ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'])) return undefined
    throw error
  }
}
