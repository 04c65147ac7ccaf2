import {constants} from 'node:fs'
import {open, rename} from 'node:fs/promises'
import {GtError} from '../errors.js'
import {hasErrno, unreadable, unwritable} from './errno.js'

/** What a file of state holds. Both absent: there is no such file. */
export interface StateRead<T> {
  state?: T
  /** Absolute path that an unusable file was renamed to: it was cut, or holds something else. */
  setAside?: string
}

/**
 * Reads a file of state, which holds one JSON value. One that cannot be used is renamed, so that the next write begins
 * anew and nothing is lost. Rejects with `UNREADABLE` or `UNWRITABLE` where the file is there and cannot be read, or
 * cannot be renamed. A link is not followed.
 *
 * @param parse returns undefined for a value that is no such state
 */
export async function readStateFile<T>(
  file: string,
  parse: (value: unknown) => T | undefined,
): Promise<StateRead<T>> {
  const text = await readText(file)
  if (text === undefined) return {}
  const state = parse(parseJson(text))
  return state === undefined ? {setAside: await setAside(file)} : {state}
}

async function readText(file: string): Promise<string | undefined> {
  try {
    // Opening a named pipe would wait for a writer.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    try {
      if ((await handle.stat()).isFile()) return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw unreadable(file, error)
  }
  throw new GtError(`cannot read ${file}: not a regular file`, {code: 'UNREADABLE', hint: 'Remove it.'})
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function setAside(file: string): Promise<string> {
  const aside = `${file}.unusable-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  try {
    await rename(file, aside)
    return aside
  } catch (error) {
    throw unwritable(aside, error)
  }
}
