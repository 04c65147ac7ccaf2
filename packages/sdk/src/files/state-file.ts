import {closeSync, constants, fstatSync, openSync, readFileSync, renameSync} from 'node:fs'
import {dirname} from 'node:path'
import {type GenericSchema, type InferOutput, safeParse} from 'valibot'
import {GtError} from '../errors.js'
import {hasErrno, unreadable, unwritable} from './errno.js'
import {makeOwnFolder} from './own-folder.js'
import {replacePrivateFile} from './replace-file.js'

/** Maximum size of a state file. A larger file is not one of ours, and is not read into memory. */
const MAX_BYTES = 32 * 2 ** 20

/** What is at the path of a state file. */
export type StateContent<T> =
  | {is: 'absent'}
  | {is: 'usable'; state: T}
  | {is: 'unusable'; why: 'not JSON' | 'too large' | 'not valid'}
  /** A link, a folder or a pipe. `error` says so, with the code `UNREADABLE`. */
  | {is: 'no file'; error: GtError}

/** The result of reading a state file. Both keys are absent when there is no such file. */
export interface StateRead<T> {
  state?: T
  /** Absolute path to which an unusable file was renamed, because it was cut or its content is not valid. */
  setAside?: string
}

/**
 * Reads a file with one JSON value, and changes nothing. It does not block on a pipe. Synchronous, since a turn of the
 * event loop takes longer than the calls. Throws `UNREADABLE` when the system refuses to read the file.
 *
 * @param followLinks for files of other programs; a state file is never read through a link
 */
export function parseStateFile<Schema extends GenericSchema>(
  file: string,
  schema: Schema,
  {followLinks = false} = {},
): StateContent<InferOutput<Schema>> {
  const text = readText(file, followLinks)
  if (typeof text !== 'string') return text
  const value = parseJson(text)
  if (value === undefined) return {is: 'unusable', why: 'not JSON'}
  const {success, output} = safeParse(schema, value)
  return success ? {is: 'usable', state: output} : {is: 'unusable', why: 'not valid'}
}

/**
 * Reads a state file. An unusable one is renamed, so that the next write starts afresh and nothing is lost. Rejects with
 * `UNREADABLE` or `UNWRITABLE` when the file cannot be read or cannot be renamed.
 */
export async function readStateFile<Schema extends GenericSchema>(
  file: string,
  schema: Schema,
): Promise<StateRead<InferOutput<Schema>>> {
  const content = parseStateFile(file, schema)
  if (content.is === 'no file') throw content.error
  if (content.is === 'usable') return {state: content.state}
  const setAside = content.is === 'unusable' ? setAsideFile(file) : undefined
  return setAside === undefined ? {} : {setAside}
}

/** Like `readStateFile`, but warns in one line of a file that was set aside, and then returns undefined. */
export async function readStateOrWarn<Schema extends GenericSchema>(
  file: string,
  schema: Schema,
  warn: (message: string) => void,
): Promise<InferOutput<Schema> | undefined> {
  const {state, setAside} = await readStateFile(file, schema)
  if (setAside !== undefined) warn(setAsideText(file, setAside))
  return state
}

/**
 * Like `readStateFile`, but changes nothing: an unusable file stays where it is. Undefined for that, and when there is no
 * file. Rejects with `UNREADABLE`.
 */
export async function peekStateFile<Schema extends GenericSchema>(
  file: string,
  schema: Schema,
): Promise<InferOutput<Schema> | undefined> {
  const content = parseStateFile(file, schema)
  if (content.is === 'no file') throw content.error
  return content.is === 'usable' ? content.state : undefined
}

/**
 * Reads a JSON file of another program. Undefined when there is none. Follows links. Throws `UNREADABLE` when it is
 * unreadable or its content is not valid.
 */
export function readForeignFile<Schema extends GenericSchema>(
  file: string,
  schema: Schema,
): InferOutput<Schema> | undefined {
  const content = parseStateFile(file, schema, {followLinks: true})
  if (content.is === 'absent') return undefined
  if (content.is === 'usable') return content.state
  if (content.is === 'no file') throw content.error
  throw new GtError(`cannot read ${file}: its content is ${content.why}`, {code: 'UNREADABLE'})
}

/**
 * Writes a state file atomically, readable by its owner only. Creates its folder when missing. Rejects with
 * `UNWRITABLE`.
 *
 * @param parents folders above its own to create when missing, the outermost first
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

/**
 * Renames an unusable file, so that nothing of it is lost. Throws `UNWRITABLE`.
 *
 * @returns its new absolute path; undefined when another process was faster
 */
export function setAsideFile(file: string): string | undefined {
  const aside = `${file}.unusable-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  try {
    renameSync(file, aside)
    return aside
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw unwritable(aside, error)
  }
}

/** True for the path of a file that was set aside. Earlier versions of gt used `.broken` and `.broken-<milliseconds>`. */
export function isSetAside(path: string): boolean {
  return /\.(broken|unusable)(-\w+)?$/.test(path)
}

/** The warning about a file that was set aside. */
export function setAsideText(file: string, setAside: string): string {
  return `${file} cannot be used; it was set aside as ${setAside}`
}

/** Non-blocking, because opening a named pipe would wait for a writer. */
const READ = constants.O_RDONLY | constants.O_NONBLOCK

type NoText = Exclude<StateContent<never>, {is: 'usable'}>

function readText(file: string, followLinks: boolean): string | NoText {
  try {
    const descriptor = openSync(file, followLinks ? READ : READ | constants.O_NOFOLLOW)
    try {
      const facts = fstatSync(descriptor)
      if (!facts.isFile()) return {is: 'no file', error: noRegularFile(file)}
      return facts.size > MAX_BYTES ? {is: 'unusable', why: 'too large'} : readFileSync(descriptor, 'utf8')
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return {is: 'absent'}
    if (hasErrno(error, 'ELOOP', 'ENXIO')) return {is: 'no file', error: unreadable(file, error)}
    throw unreadable(file, error)
  }
}

function noRegularFile(file: string): GtError {
  return new GtError(`cannot read ${file}: not a regular file`, {code: 'UNREADABLE', hint: 'Remove it.'})
}

/** The value of a JSON text; undefined, which JSON cannot express, when it is not valid JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
