// Files of other programs: one that is not there, not for us to read, or half written says nothing, and is no fault.
import {readdir, readFile} from 'node:fs/promises'
import {hasErrno} from '@gtown/sdk/files'

/** The value in a JSON file; undefined where it says nothing. */
export async function readForeignJson(file: string): Promise<unknown> {
  const text = await unlessHidden(() => readFile(file, 'utf8'), '')
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The names in a directory; none where it says nothing. */
export async function readForeignDirectory(directory: string): Promise<string[]> {
  return await unlessHidden(() => readdir(directory), [])
}

async function unlessHidden<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR')) return otherwise
    throw error
  }
}
