// Files of other programs: one that is not there, not for us to read, or half written says nothing, and is no fault.
// Small ones, and read at once: a turn of the event loop takes longer than the call.
import {readdirSync} from 'node:fs'
import {isGtError} from '@gtown/sdk'
import {hasErrno, parseStateFile} from '@gtown/sdk/files'
import type * as v from '@gtown/sdk/schema'

/** What a JSON file says by this schema; undefined where it says nothing of the kind. */
export function readForeignJson<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  const content = unlessHidden(() => parseStateFile(file, schema, {followLinks: true}), undefined)
  return content?.is === 'usable' ? content.state : undefined
}

/** The names in a directory; none where it says nothing. */
export function readForeignDirectory(directory: string): string[] {
  return unlessHidden(() => readdirSync(directory), [])
}

function unlessHidden<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch (error) {
    const fault = isGtError(error) ? error.cause : error
    if (hasErrno(fault, 'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR')) return otherwise
    throw fault
  }
}
