import {GtError} from '../errors.js'

/** True for an error of the operating system with one of these codes. */
export function hasErrno(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '')
}

/** What the operating system said, in its own words and without the call and path that Node adds to them. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message
}

/** A file or folder that the system does not let us read: `UNREADABLE`, in the system's own words. */
export function unreadable(path: string, error: unknown): GtError {
  return new GtError(`cannot read ${path}: ${reasonOf(error)}`, {code: 'UNREADABLE', cause: error})
}

/** A file or folder that the system does not let us write: `UNWRITABLE`, in the system's own words. */
export function unwritable(path: string, error: unknown): GtError {
  return new GtError(`cannot write ${path}: ${reasonOf(error)}`, {code: 'UNWRITABLE', cause: error})
}
