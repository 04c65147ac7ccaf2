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
 * The record; where there is none, a new one that names this backend. Two at once agree on one of them. Rejects with
 * `UNWRITABLE` where nothing can be kept.
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
 * Runs work that changes the record, while no other command does. Gives the record, and how to replace it. Rejects
 * with `UNWRITABLE` where nothing can be kept.
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

/** What became of the record of a life that has begun. */
export type LifeRecorded =
  /** `before`: what was desired until then. */
  | {outcome: 'recorded'; before: DesiredState}
  /** Another start has won, on another backend. */
  | {outcome: 'elsewhere'}
  /** It was stopped on purpose, and was to be started only if it was not. */
  | {outcome: 'not_desired'}

/** A life that has begun. */
export interface Life {
  backend: string
  session: Session
  /** The AI agent that was named for it. */
  requested?: string | undefined
  /** Note it only if it should run. */
  ifDesired?: boolean
}

/** Notes the life that has begun, and that the session should run from now on. */
export async function recordLife(
  services: Pick<Services, 'identify' | 'warn'>,
  agent: SessionOf,
  {backend, session, requested, ifDesired = false}: Life,
): Promise<LifeRecorded> {
  const life = await lifeOf(services, backend, session)
  const desired = desiredState({desired: 'running', ...(requested !== undefined && {agent: requested})})
  // Where nothing could be kept before, nobody can have won.
  if (!existsSync(recordFile(agent))) return {outcome: 'recorded', before: {}}
  return await withRecord(services, agent, async (record, replace) => {
    if (record && record.backend !== backend) return {outcome: 'elsewhere'}
    const before = desiredState(record)
    if (ifDesired && !before.desired) return {outcome: 'not_desired'}
    await orWarn(services, () => replace({...life, ...desired}))
    return {outcome: 'recorded', before}
  })
}

/** Notes that the agent of this life was seen to be ready now. */
export async function recordReady(
  services: Warning,
  agent: SessionOf,
  {incarnation}: Session,
): Promise<void> {
  await change(services, agent, (record) =>
    record.incarnation === incarnation ? {...record, readyAt: Date.now()} : record,
  )
}

/** After a start that failed: what was desired before it is so again, unless it was stopped on purpose meanwhile. */
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

/** Notes that the session should run, where it runs already. */
export async function recordDesire(services: Warning, agent: SessionOf): Promise<void> {
  await change(services, agent, (record) => (record.desired ? record : {...record, desired: 'running'}))
}

/** Notes that the session should not run: it was stopped on purpose. */
export async function forgetDesire(services: Warning, agent: SessionOf): Promise<void> {
  await change(services, agent, (record) => (record.desired ? withoutDesire(record) : record))
}

/** Changes the record where there is one; writes nothing where it stays the same. */
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

/** What a record cannot keep makes status know less, and say nothing false. */
async function orWarn(services: Warning, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isGtError(error)) throw error
    services.warn(`what is known of the session cannot be kept: ${error.message}`)
  }
}

function textOf(record: SessionRecord): string {
  return `${JSON.stringify({version: RECORD_VERSION, ...record}, null, 2)}\n`
}
