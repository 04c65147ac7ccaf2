import {constants} from 'node:fs'
import {open, rename} from 'node:fs/promises'
import {dirname} from 'node:path'
import {GtError} from '../errors.js'
import {hasErrno, unreadable, unwritable} from './errno.js'
import {makeOwnFolder} from './own-folder.js'
import {replacePrivateFile} from './replace-file.js'

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
  return state === undefined ? {setAside: await setAsideFile(file)} : {state}
}

/**
 * The same for whoever must change nothing: undefined when there is no such file, and for one that cannot be used, which
 * stays where it is. Rejects with `UNREADABLE`.
 */
export async function peekStateFile<T>(
  file: string,
  parse: (value: unknown) => T | undefined,
): Promise<T | undefined> {
  const text = await readText(file)
  return text === undefined ? undefined : parse(parseJson(text))
}

/**
 * Writes a file of state, whole or not at all, readable by its owner only, and makes its folder where there is none.
 * Rejects with `UNWRITABLE`.
 *
 * @param parents the folders above its own that may have to be made first, the outermost first
 */
export async function writeStateFile(
  file: string,
  value: unknown,
  parents: readonly string[] = [],
): Promise<void> {
  try {
    for (const folder of [...parents, dirname(file)]) await makeOwnFolder(folder, 0o755)
  } catch (error) {
    throw unwritable(file, error)
  }
  await replacePrivateFile(file, `${JSON.stringify(value, null, 2)}\n`)
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

/**
 * Renames a file that cannot be used, so that nothing of it is lost. Rejects with `UNWRITABLE`.
 *
 * @returns the absolute path that it has now
 */
export async function setAsideFile(file: string): Promise<string> {
  const aside = `${file}.unusable-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  try {
    await rename(file, aside)
    return aside
  } catch (error) {
    throw unwritable(aside, error)
  }
}
