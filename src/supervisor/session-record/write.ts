import {existsSync} from 'node:fs'
import {dirname} from 'node:path'
import {isGtError, type Session} from '@gtown/sdk'
import {
  createPrivateFile,
  makeOwnFolder,
  replacePrivateFile,
  unwritable,
  withFileLock,
} from '@gtown/sdk/files'
import type {SessionOf} from '../agent-ref.js'
import type {Services} from '../services.js'
import {
  type DesiredState,
  desiredState,
  RECORD_VERSION,
  readRecord,
  recordFile,
  type SessionRecord,
} from './read.js'

type Warning = Pick<Services, 'warn'>

/**
 * Returns the record, or creates one that names this backend. Concurrent callers agree on one record. Rejects with
 * `UNWRITABLE` if it cannot be written.
 */
export async function ensureRecord(
  services: Warning,
  agent: SessionOf,
  backend: string,
): Promise<SessionRecord> {
  const file = recordFile(agent)
  for (;;) {
    const record = readRecord(services, agent)
    if (record) return record
    await makeFolders(file)
    await createPrivateFile(file, textOf({backend}))
  }
}

/**
 * Runs work under the record's lock and passes it the record and a function to replace it. Rejects with `UNWRITABLE`
 * if the lock cannot be made.
 */
export async function withRecord<T>(
  services: Warning,
  agent: SessionOf,
  work: (record: SessionRecord | undefined, replace: (record: SessionRecord) => Promise<void>) => Promise<T>,
): Promise<T> {
  const file = recordFile(agent)
  return await withFileLock(file, async () =>
    work(readRecord(services, agent), (record) => replacePrivateFile(file, textOf(record))),
  )
}

/** The outcome of recording a new life of a session. */
export type LifeRecorded =
  /** `before`: the desired state until then. */
  | {outcome: 'recorded'; before: DesiredState}
  /** Another start won, on another backend. */
  | {outcome: 'elsewhere'}
  /** With `ifDesired`: the session was stopped on purpose. */
  | {outcome: 'not_desired'}

/** A life that has begun. */
export interface Life {
  backend: string
  session: Session
  /** The AI agent requested for it. */
  requested?: string | undefined
  /** Record it only if the session should run. */
  ifDesired?: boolean
}

/** Records a new life of a session, and that the session should run from now on. */
export async function recordLife(
  services: Pick<Services, 'identify' | 'warn'>,
  agent: SessionOf,
  {backend, session, requested, ifDesired = false}: Life,
): Promise<LifeRecorded> {
  const life = await lifeOf(services, backend, session)
  const desired = desiredState({desired: 'running', ...(requested !== undefined && {agent: requested})})
  // No record could be written before, so no other start can have won.
  if (!existsSync(recordFile(agent))) return {outcome: 'recorded', before: {}}
  return await withRecord(services, agent, async (record, replace) => {
    if (record && record.backend !== backend) return {outcome: 'elsewhere'}
    const before = desiredState(record)
    if (ifDesired && !before.desired) return {outcome: 'not_desired'}
    await orWarn(services, () => replace({...life, ...desired}))
    return {outcome: 'recorded', before}
  })
}

/** Records that the agent of this life is ready now. */
export async function recordReady(
  services: Warning,
  agent: SessionOf,
  {incarnation}: Session,
): Promise<void> {
  await change(services, agent, (record) =>
    record.incarnation === incarnation ? {...record, readyAt: Date.now()} : record,
  )
}

/** Restores the desired state after a failed start, unless the session was stopped on purpose meanwhile. */
export async function recordFailure(
  services: Warning,
  agent: SessionOf,
  {session, before}: {session: Session; before: DesiredState},
): Promise<void> {
  await change(services, agent, (record) => {
    if (record.incarnation !== session.incarnation || !record.desired) return record
    return {...withoutDesire(record), ...before}
  })
}

/** Records that a session already running should run. */
export async function recordDesire(services: Warning, agent: SessionOf): Promise<void> {
  await change(services, agent, (record) => (record.desired ? record : {...record, desired: 'running'}))
}

/** Records that the session should not run, because it was stopped on purpose. */
export async function forgetDesire(services: Warning, agent: SessionOf): Promise<void> {
  await change(services, agent, (record) => (record.desired ? withoutDesire(record) : record))
}

/** Changes the record, if there is one. Writes only if it differs. */
async function change(
  services: Warning,
  agent: SessionOf,
  next: (record: SessionRecord) => SessionRecord,
): Promise<void> {
  if (!existsSync(recordFile(agent))) return
  await orWarn(services, () =>
    withRecord(services, agent, async (record, replace) => {
      const changed = record && next(record)
      if (changed && changed !== record) await replace(changed)
    }),
  )
}

function withoutDesire({desired: _, agent: __, ...record}: SessionRecord): SessionRecord {
  return record
}

async function lifeOf(
  services: Pick<Services, 'identify'>,
  backend: string,
  {incarnation, pid}: Session,
): Promise<SessionRecord> {
  const identity = await services.identify(pid)
  return {backend, incarnation, pid, ...(identity && {pidStart: identity.start})}
}

async function makeFolders(file: string): Promise<void> {
  try {
    await makeOwnFolder(dirname(dirname(file)), 0o755)
    await makeOwnFolder(dirname(file), 0o755)
  } catch (error) {
    throw unwritable(file, error)
  }
}

/** A failed write is only warned about: status then knows less, but says nothing false. */
async function orWarn(services: Warning, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isGtError(error)) throw error
    services.warn(`the session record cannot be written: ${error.message}`)
  }
}

function textOf(record: SessionRecord): string {
  return `${JSON.stringify({version: RECORD_VERSION, ...record}, null, 2)}\n`
}
