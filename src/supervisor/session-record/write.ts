import {existsSync} from 'node:fs'
import {dirname} from 'node:path'
import {isGtError, type RoleDefinition, type RoleRef, type Session} from '@gtown/sdk'
import {
  createPrivateFile,
  makeOwnFolder,
  replacePrivateFile,
  unwritable,
  withFileLock,
} from '@gtown/sdk/files'
import type {Services} from '../services.js'
import {RECORD_VERSION, readRecord, recordFile, type SessionRecord} from './read.js'

/** The role's session as its record sees it. */
export interface Owner {
  services: Pick<Services, 'identify' | 'warn'>
  role: RoleDefinition
  ref: RoleRef
}

/**
 * The record; where there is none, a new one that names this backend. Two at once agree on one of them. Rejects with
 * `UNWRITABLE` where nothing can be kept.
 */
export async function ensureRecord({services, role, ref}: Owner, backend: string): Promise<SessionRecord> {
  const file = recordFile(role, ref)
  for (;;) {
    const record = await readRecord(services, role, ref)
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
  {services, role, ref}: Owner,
  work: (record: SessionRecord | undefined, replace: (record: SessionRecord) => Promise<void>) => Promise<T>,
): Promise<T> {
  const file = recordFile(role, ref)
  return await withFileLock(file, async () =>
    work(await readRecord(services, role, ref), (record) => replacePrivateFile(file, textOf(record))),
  )
}

/**
 * Notes the life that has begun, unless another backend was recorded meanwhile: then another start has won.
 *
 * @returns false when another has won
 */
export async function recordLife(owner: Owner, backend: string, session: Session): Promise<boolean> {
  const life = await lifeOf(owner, backend, session)
  // Where nothing could be kept before, nobody can have won.
  if (!existsSync(recordFile(owner.role, owner.ref))) return true
  return await withRecord(owner, async (record, replace) => {
    if (record && record.backend !== backend) return false
    await orWarn(owner, () => replace(life))
    return true
  })
}

/** Notes that the agent of this life was seen to be ready now. */
export async function recordReady(owner: Owner, backend: string, session: Session): Promise<void> {
  const file = recordFile(owner.role, owner.ref)
  if (!existsSync(file)) return
  const life = await lifeOf(owner, backend, session)
  await orWarn(owner, () => replacePrivateFile(file, textOf({...life, readyAt: Date.now()})))
}

async function lifeOf(
  {services}: Owner,
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
async function orWarn({services}: Owner, work: () => Promise<void>): Promise<void> {
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
