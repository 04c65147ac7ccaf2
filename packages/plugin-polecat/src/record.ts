import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import type {RigRef} from '@gtown/sdk'
import {makeOwnFolder, readStateFile, unwritable, withFileLock, writeStateFile} from '@gtown/sdk/files'
import type {PolecatRef} from './role.js'

export const EXITS = ['COMPLETED', 'ESCALATED', 'DEFERRED', 'PHASE_COMPLETE'] as const
export type ExitWord = (typeof EXITS)[number]

/** What is known of a worker beside its sandbox and session, with the keys of its file. Times are ISO 8601. */
export interface PolecatRecord {
  version: 1
  name: string
  /**
   * Random text that tells this life of the name, from its spawn to its removal, from every other. Its sessions come
   * and go in one life, each with an incarnation of its own.
   */
  incarnation: string
  task: string | null
  branch: string
  /** The branch of the origin that the work began from; its default one where that is not known. */
  base: string
  /** The agent that was asked for, where it is not the configured one. */
  agent?: string
  spawned_at: string
  /** How the worker said that it ended, which commit it pushed then, and when. */
  exit?: ExitWord
  head?: string
  done_at?: string
}

export const recordFile = ({rig, name}: PolecatRef) => join(recordsDirectory(rig.path), `${name}.json`)

const recordsDirectory = (rigPath: string) => join(rigPath, '.runtime', 'polecats')

/** A worker's record; undefined when there is none. One that cannot be used is set aside, and warned of by name. */
export async function readRecord(
  ref: PolecatRef,
  warn: (message: string) => void,
): Promise<PolecatRecord | undefined> {
  const file = recordFile(ref)
  const {state, setAside} = await readStateFile(file, (value) => parseRecord(ref.name, value))
  if (setAside !== undefined) warn(`${file} cannot be used; it was set aside as ${setAside}`)
  return state
}

/** Writes a worker's record, whole or not at all. To be called inside `withRecordLock`. */
export async function writeRecord(ref: PolecatRef, record: PolecatRecord): Promise<void> {
  await writeStateFile(recordFile(ref), record)
}

/** Idempotent. */
export async function removeRecord(ref: PolecatRef): Promise<void> {
  try {
    await rm(recordFile(ref), {force: true})
  } catch (error) {
    throw unwritable(recordFile(ref), error)
  }
}

/** Runs work while no other command makes, changes or removes the worker of that name. Rejects with `LOCKED` after 10 s. */
export async function withRecordLock<T>(ref: PolecatRef, work: () => Promise<T>): Promise<T> {
  await makeRecordsDirectory(ref)
  return await withFileLock(recordFile(ref), work)
}

async function makeRecordsDirectory({rig}: RigRef): Promise<void> {
  const directory = recordsDirectory(rig.path)
  try {
    await makeOwnFolder(join(rig.path, '.runtime'), 0o755)
    await makeOwnFolder(directory, 0o755)
  } catch (error) {
    throw unwritable(directory, error)
  }
}

function parseRecord(name: string, value: unknown): PolecatRecord | undefined {
  const record = (value ?? {}) as Partial<Record<keyof PolecatRecord, unknown>>
  const {incarnation, task, branch, base, agent, spawned_at, exit, head, done_at} = record
  if (record.version !== 1 || record.name !== name) return undefined
  if (!isText(incarnation) || !isText(branch) || !isText(base) || !isTime(spawned_at)) return undefined
  if (task !== null && !isText(task)) return undefined
  if (exit !== undefined && !isExit(exit)) return undefined
  return {
    version: 1,
    name,
    incarnation,
    task,
    branch,
    base,
    ...(isText(agent) && {agent}),
    spawned_at,
    ...(exit !== undefined && {exit}),
    ...(isText(head) && {head}),
    ...(isTime(done_at) && {done_at}),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isTime = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value))
const isExit = (value: unknown): value is ExitWord => EXITS.includes(value as ExitWord)
