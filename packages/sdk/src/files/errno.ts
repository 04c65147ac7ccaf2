import {getSystemErrorMap} from 'node:util'
import {GtError} from '../errors.js'

/** True for an error of the operating system with one of these codes. */
export function hasErrno(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

/** True for an error of a call to the operating system. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/**
 * The operating system's own words for an error, such as "no such file or directory"; the error's message when it is not
 * one of the system's. The words come from the error's number, since what Node adds to them differs between its versions.
 */
export function reasonOf(error: unknown): string {
  const {errno, message}: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error))
  const words = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]
  return words ?? /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message
}

/** The error `UNREADABLE` for a file or folder, with the system's reason. */
export function unreadable(path: string, error: unknown): GtError {
  return new GtError(`cannot read ${path}: ${reasonOf(error)}`, {code: 'UNREADABLE', cause: error})
}

/** The error `UNWRITABLE` for a file or folder, with the system's reason. */
export function unwritable(path: string, error: unknown): GtError {
  return new GtError(`cannot write ${path}: ${reasonOf(error)}`, {code: 'UNWRITABLE', cause: error})
}
