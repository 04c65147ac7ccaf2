import {createHash, randomBytes} from 'node:crypto'
import {readdir, rm} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {isGtError} from '@gtown/sdk'
import {parseStateFile, replacePrivateFile, type StateContent, withLock} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {unavailable} from './errors.js'

/** Unknown keys, from another version of gt, are kept. */
const format = v.openObject({
  /** `starting`: only the owner knows the session yet. `running`: it counts as a session even if its shim has ended. */
  phase: v.picklist(['starting', 'running']),
  /** Stamp of the only process that may change the record: the starter, later the shim. */
  owner: v.text,
  name: v.text,
  id: v.text,
  incarnation: v.text,
  /** Stamp of the first process; empty while there is none. */
  agent: v.text,
  marker: v.exactOptional(v.text),
  labels: v.recordOf(v.text),
  createdAt: v.number,
  environmentRoot: v.exactOptional(v.text),
  stopping: v.boolean(),
  /** How the first process ended. */
  exit: v.exactOptional(v.openObject({code: v.exactOptional(v.number), signal: v.exactOptional(v.text)})),
  /** Its last screen. */
  screen: v.exactOptional(v.listOf(v.text)),
})

/** What is known of a session without asking its shim: a file beside the socket. It contains no environment. */
export type SessionRecord = v.InferOutput<typeof format>

const SUFFIX = '.json'

export function newId(): string {
  return randomBytes(8).toString('hex')
}

/** Path of a session's files without their suffix. It holds a hash, since a name may be too long for a path. */
function pathOf(directory: string, name: string): string {
  return join(directory, createHash('sha256').update(name).digest('hex').slice(0, 24))
}

export function socketOf(directory: string, {id}: Pick<SessionRecord, 'id'>): string {
  return join(directory, `${id}.sock`)
}

/** The record of the session of that name; undefined when there is none. */
export async function readPtyRecord(directory: string, name: string): Promise<SessionRecord | undefined> {
  const record = readFileOf(pathOf(directory, name) + SUFFIX)
  if (record && record.name !== name)
    throw unavailable(`the record of session '${name}' belongs to another session`)
  return record
}

export async function writePtyRecord(directory: string, record: SessionRecord): Promise<void> {
  await replacePrivateFile(pathOf(directory, record.name) + SUFFIX, JSON.stringify(record))
}

/** The names of all records. */
export async function listNames(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(SUFFIX) && !file.startsWith('.'))
  return files.flatMap((file) => readFileOf(join(directory, file))?.name ?? [])
}

/** Removes the files of one life, and none of another life of that name. Call it only as the owner, or after its end. */
export async function removePtyRecord(
  directory: string,
  {name, id}: Pick<SessionRecord, 'name' | 'id'>,
): Promise<void> {
  await withNameLock(directory, name, async () => {
    if ((await readPtyRecord(directory, name))?.id !== id) return
    const file = basename(pathOf(directory, name) + SUFFIX)
    // A writer that was killed left a temporary file behind.
    const temporary = (await readdir(directory)).filter((other) => other.startsWith(`.${file}.`))
    for (const leftover of [...temporary, file]) await rm(join(directory, leftover), {force: true})
  })
  await rm(socketOf(directory, {id}), {force: true})
}

/** Runs `work` while no other process can claim or remove the name. */
export async function withNameLock<T>(directory: string, name: string, work: () => Promise<T>): Promise<T> {
  const refuse = () => unavailable(`session '${name}' is being changed by another gt`, {hint: 'Try again.'})
  return await withLock(`${pathOf(directory, name)}.lock`, {waitMs: 10_000, refuse}, work)
}

/** Throws for an invalid record, and leaves the file: it is unknown whether its session is alive. */
function readFileOf(file: string): SessionRecord | undefined {
  const content = contentOf(file)
  if (content.is === 'absent') return undefined
  if (content.is === 'usable') return content.state
  if (content.is === 'no file') throw unavailable(content.error.message, {cause: content.error})
  throw unavailable(`${file} is not a session record`, {
    hint: 'The file is damaged. Remove it when none of your sessions is running.',
  })
}

function contentOf(file: string): StateContent<SessionRecord> {
  try {
    return parseStateFile(file, format)
  } catch (error) {
    throw isGtError(error) ? unavailable(error.message, {cause: error}) : error
  }
}
