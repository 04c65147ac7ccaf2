import {readFileSync} from 'node:fs'
import {hasErrno} from './processes.js'

/** A file of /proc; undefined when the process has ended or its owner hides it from us. */
export function readProc(path: string): string | undefined {
  return whileVisible(() => readFileSync(path, 'utf8'))
}

/** What `read` returns; undefined when the process has ended or its owner hides it from us. */
export function whileVisible<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (hasErrno(error, ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'])) return undefined
    throw error
  }
}
