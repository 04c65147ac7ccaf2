// Files of other programs: one that is not there, not for us to read, or half written says nothing, and is no fault.
// Small ones, and read at once: a turn of the event loop takes longer than the call.
import {readdirSync, readFileSync} from 'node:fs'
import {hasErrno} from '@gtown/sdk/files'

/** The value in a JSON file; undefined where it says nothing. */
export function readForeignJson(file: string): unknown {
  const text = unlessHidden(() => readFileSync(file, 'utf8'), '')
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The names in a directory; none where it says nothing. */
export function readForeignDirectory(directory: string): string[] {
  return unlessHidden(() => readdirSync(directory), [])
}

function unlessHidden<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR')) return otherwise
    throw error
  }
}
