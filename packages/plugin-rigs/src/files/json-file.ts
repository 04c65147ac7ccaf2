import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs'
import {GtError, isGtError} from '@gtown/sdk'
import {hasErrno, unreadable} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {findSyntaxError} from './json-syntax.js'

/** The format of one of gt's JSON files. */
export interface FileFormat<Schema extends v.GenericSchema> {
  schema: Schema
  /** The newest supported `version` of the file. A file without a version is accepted. */
  version: number
}

/**
 * Reads and checks a JSON file. Undefined when there is no such file; every fault rejects with `UNREADABLE` or
 * `INVALID_FILE`, naming the file and the place in it.
 */
export async function readJsonFile<Schema extends v.GenericSchema>(
  file: string,
  format: FileFormat<Schema>,
): Promise<v.InferOutput<Schema> | undefined> {
  const text = readText(file)
  return text === undefined ? undefined : check(file, format, parse(file, text))
}

/** Like `readJsonFile`, but returns the file's own value, including keys that the schema does not know. */
export async function readRawJsonFile(
  file: string,
  format: FileFormat<v.GenericSchema>,
): Promise<Record<string, unknown> | undefined> {
  const text = readText(file)
  if (text === undefined) return undefined
  const raw = parse(file, text)
  check(file, format, raw)
  if (v.isObject(raw)) return raw
  throw invalid(file, `expected object, received ${typeName(raw)}`)
}

/** Synchronous, since starting threads would take longer than reading such a small file. */
function readText(file: string): string | undefined {
  try {
    // Opening a named pipe would otherwise wait for a writer.
    return readAndClose(openSync(file, constants.O_RDONLY | constants.O_NONBLOCK), file)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw isGtError(error) ? error : unreadable(file, error)
  }
}

function readAndClose(descriptor: number, file: string): string {
  try {
    if (!fstatSync(descriptor).isFile()) throw invalid(file, 'not a regular file')
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const {line, column} = findSyntaxError(text)
    throw invalid(file, `not valid JSON at line ${line}, column ${column}`, error)
  }
}

function check<Schema extends v.GenericSchema>(
  file: string,
  {schema, version}: FileFormat<Schema>,
  raw: unknown,
): v.InferOutput<Schema> {
  const found = v.isObject(raw) ? raw.version : undefined
  if (typeof found === 'number' && found > version) {
    throw new GtError(`${file}: version ${found} is newer than this gt understands (${version})`, {
      code: 'INVALID_FILE',
      hint: 'Update gt.',
    })
  }
  const result = v.safeParse(schema, raw, {abortEarly: true})
  if (result.success) return result.output
  throw invalid(file, describe(result.issues[0]))
}

function invalid(file: string, fault: string, cause?: unknown): GtError {
  return new GtError(`${file}: ${fault}`, {code: 'INVALID_FILE', hint: 'Correct the file.', cause})
}

function describe(issue: v.BaseIssue<unknown>): string {
  const place = (issue.path ?? []).map(({key}) => key).reduce(appendKey, '')
  const fault = `${issue.message}, received ${typeName(issue.input)}`
  return place ? `${place}: ${fault}` : fault
}

function appendKey(place: string, key: unknown): string {
  if (typeof key === 'number') return `${place}[${key}]`
  const name = String(key)
  if (!/^[\w-]+$/.test(name)) return `${place}[${JSON.stringify(name)}]`
  return place ? `${place}.${name}` : name
}

/** Only the type of a value, since the value itself may be a secret. */
function typeName(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
