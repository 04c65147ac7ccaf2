import {createHash, randomBytes} from 'node:crypto'
import {readdir, readFile, rm} from 'node:fs/promises'
import {basename, join} from 'node:path'
import type {Exit, Labels} from '@gtown/sdk'
import {hasErrno, replacePrivateFile, unreadable, withLock} from '@gtown/sdk/files'
import {unavailable} from './errors.js'

/** What is known of a session without its shim: a file beside the socket. It holds no environment. */
export interface SessionRecord {
  /** `starting`: nobody but the owner knows it yet. `running`: it is a session, whatever became of its shim. */
  phase: 'starting' | 'running'
  /** The stamp of the process that alone may change the record: the starter, then the shim. */
  owner: string
  name: string
  id: string
  incarnation: string
  /** The stamp of the first process; empty while there is none. */
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

/** The paths of a session's files. A name may be longer than the path of a socket, so its hash stands for it. */
function pathOf(directory: string, name: string): string {
  return join(directory, createHash('sha256').update(name).digest('hex').slice(0, 24))
}

export function socketOf(directory: string, {id}: Pick<SessionRecord, 'id'>): string {
  return join(directory, `${id}.sock`)
}

/** The record of the session of that name; undefined when there is none. */
export async function readRecord(directory: string, name: string): Promise<SessionRecord | undefined> {
  const record = await readFileOf(pathOf(directory, name) + SUFFIX)
  if (record && record.name !== name)
    throw unavailable(`the record of session '${name}' is another session's`)
  return record
}

export async function writeRecord(directory: string, record: SessionRecord): Promise<void> {
  await replacePrivateFile(pathOf(directory, record.name) + SUFFIX, JSON.stringify(record))
}

/** The names of all records. */
export async function listNames(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(SUFFIX) && !file.startsWith('.'))
  const records = await Promise.all(files.map((file) => readFileOf(join(directory, file))))
  return records.flatMap((record) => record?.name ?? [])
}

/** Removes the files of one life, and none of another life of that name. Its owner has ended, or asks for it. */
export async function removeRecord(
  directory: string,
  {name, id}: Pick<SessionRecord, 'name' | 'id'>,
): Promise<void> {
  await withNameLock(directory, name, async () => {
    if ((await readRecord(directory, name))?.id !== id) return
    const file = basename(pathOf(directory, name) + SUFFIX)
    // Who was killed while it wrote left its half behind.
    const halves = (await readdir(directory)).filter((other) => other.startsWith(`.${file}.`))
    for (const leftover of [...halves, file]) await rm(join(directory, leftover), {force: true})
  })
  await rm(socketOf(directory, {id}), {force: true})
}

/** Runs work while no other process claims or removes the name. */
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
    throw unavailable(`${file} is no record of a session`, {
      cause: error,
      hint: 'gt did not write it so. Remove it when no session of yours runs.',
    })
  }
}
