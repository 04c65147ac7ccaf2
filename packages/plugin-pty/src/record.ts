import {createHash, randomBytes} from 'node:crypto'
import {readdir, readFile, rm} from 'node:fs/promises'
import {basename, join} from 'node:path'
import type {Exit, Labels} from '@gtown/sdk'
import {hasErrno, replacePrivateFile, unreadable, withLock} from '@gtown/sdk/files'
import {unavailable} from './errors.js'

/** What is known of a session without asking its shim: a file beside the socket. It holds no environment. */
export interface SessionRecord {
  /** `starting`: only the owner knows the session yet. `running`: it counts as a session even if its shim has ended. */
  phase: 'starting' | 'running'
  /** Stamp of the only process that may change the record: the starter, later the shim. */
  owner: string
  name: string
  id: string
  incarnation: string
  /** Stamp of the first process; empty while there is none. */
  agent: string
  marker?: string
  labels: Labels
  createdAt: number
  environmentRoot?: string
  stopping: boolean
  /** How the first process ended, and its last screen. */
  exit?: Exit
  screen?: string[]
}

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
  const record = await readFileOf(pathOf(directory, name) + SUFFIX)
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
  const records = await Promise.all(files.map((file) => readFileOf(join(directory, file))))
  return records.flatMap((record) => record?.name ?? [])
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

async function readFileOf(file: string): Promise<SessionRecord | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw unavailable(unreadable(file, error).message, {cause: error})
  }
  try {
    return JSON.parse(text) as SessionRecord
  } catch (error) {
    throw unavailable(`${file} is not a session record`, {
      cause: error,
      hint: 'The file is damaged. Remove it when none of your sessions is running.',
    })
  }
}
