import {closeSync, constants, fstatSync, openSync, readFileSync, renameSync} from 'node:fs'
import {dirname} from 'node:path'
import {type GenericSchema, type InferOutput, safeParse} from 'valibot'
import {GtError} from '../errors.js'
import {hasErrno, unreadable, unwritable} from './errno.js'
import {makeOwnFolder} from './own-folder.js'
import {replacePrivateFile} from './replace-file.js'

/** Maximum size of a file of state: what is larger is none of ours, and is not read into memory. */
const MAX_BYTES = 32 * 2 ** 20

/** What stands in the place of a file of state. */
export type StateContent<T> =
  | {is: 'absent'}
  | {is: 'usable'; state: T}
  | {is: 'unusable'; why: 'no JSON' | 'too large' | 'something else'}
  /** A link, a folder, a pipe: `error` says so, with the code `UNREADABLE`. */
  | {is: 'no file'; error: GtError}

/** What a file of state holds. Both absent: there is no such file. */
export interface StateRead<T> {
  state?: T
  /** Absolute path that an unusable file was renamed to: it was cut, or holds something else. */
  setAside?: string
}

/**
 * Reads a file that holds one JSON value, and changes nothing. Waits for no pipe. Synchronous, since a turn of the event
 * loop takes longer than the calls. Throws `UNREADABLE` where the system does not let us read the file.
 *
 * @param followLinks as the files of other programs may ask for; a file of state is never read through a link
 */
export function parseStateFile<Schema extends GenericSchema>(
  file: string,
  schema: Schema,
  {followLinks = false} = {},
): StateContent<InferOutput<Schema>> {
  const text = readText(file, followLinks)
  if (typeof text !== 'string') return text
  const value = parseJson(text)
  if (value === undefined) return {is: 'unusable', why: 'no JSON'}
  const {success, output} = safeParse(schema, value)
  return success ? {is: 'usable', state: output} : {is: 'unusable', why: 'something else'}
}

/**
 * Reads a file of state. One that cannot be used is renamed, so that the next write begins anew and nothing is lost.
 * Rejects with `UNREADABLE` or `UNWRITABLE` where the file is there and cannot be read, or cannot be renamed.
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

/** The same, and warns in one line of a file that was set aside; it counts as none. */
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
 * The same for whoever must change nothing: undefined when there is no such file, and for one that cannot be used, which
 * stays where it is. Rejects with `UNREADABLE`.
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
 * What a file of another program says; undefined where there is none. Follows links. Throws `UNREADABLE` where it is
 * there and says nothing that gt understands.
 */
export function readForeignFile<Schema extends GenericSchema>(
  file: string,
  schema: Schema,
): InferOutput<Schema> | undefined {
  const content = parseStateFile(file, schema, {followLinks: true})
  if (content.is === 'absent') return undefined
  if (content.is === 'usable') return content.state
  if (content.is === 'no file') throw content.error
  const fault = content.why === 'something else' ? 'it holds something else' : `it is ${content.why}`
  throw new GtError(`cannot read ${file}: ${fault}`, {code: 'UNREADABLE'})
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

/**
 * Renames a file that cannot be used, so that nothing of it is lost. Throws `UNWRITABLE`.
 *
 * @returns the absolute path that it has now; undefined where another process was faster
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

/** True for the path of a file that was set aside; earlier versions of gt wrote `.broken` and `.broken-<milliseconds>`. */
export function isSetAside(path: string): boolean {
  return /\.(broken|unusable)(-\w+)?$/.test(path)
}

/** The warning of a file that was set aside. */
export function setAsideText(file: string, setAside: string): string {
  return `${file} cannot be used; it was set aside as ${setAside}`
}

/** Opening a named pipe would otherwise wait for a writer. */
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

/** The value of a JSON text; undefined, which no JSON text has, where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
