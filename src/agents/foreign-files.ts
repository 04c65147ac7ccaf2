// Files of other programs. A missing, unreadable or half-written one is ignored, and is not an error.
// They are small and read synchronously, since a turn of the event loop takes longer than the call.
import {readdirSync} from 'node:fs'
import {isGtError} from '@gtown/sdk'
import {hasErrno, parseStateFile} from '@gtown/sdk/files'
import type * as v from '@gtown/sdk/schema'

/** The content of a JSON file by this schema; undefined when it cannot be read or does not match. */
export function readForeignJson<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  const content = unlessHidden(() => parseStateFile(file, schema, {followLinks: true}), undefined)
  return content?.is === 'usable' ? content.state : undefined
}

/** The names in a directory; empty when it cannot be read. */
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
