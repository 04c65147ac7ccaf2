import {readdirSync} from 'node:fs'
import {basename, dirname} from 'node:path'
import type {FleetEntry, RigRef, RoleDefinition, RoleStatus, Session, SessionBackend} from '@gtown/sdk'
import {checkOurs} from './ownership.js'
import type {Services} from './services.js'
import {readRecord, recordFile, type SessionRecord} from './session-record/read.js'
import {status, statusOf} from './status.js'

/**
 * What is true of a role's sessions in many rigs of one town. Costs one round trip to each backend that any of them is
 * on, however many they are, and one more for each that is dead or was not started by gt. What their agents are doing is
 * not looked at. One that cannot be told takes no other down.
 */
export async function fleetStatus(
  services: Services,
  role: RoleDefinition,
  refs: readonly RigRef[],
): Promise<FleetEntry[]> {
  const recorded = recordedSessions(role, refs)
  const backends = new Map<string, Promise<SessionBackend>>()
  const lists = new Map<string, Promise<Listing>>()
  const listing = async (name = '') => {
    const asked = backends.get(name) ?? (name === '' ? services.firstBackend() : services.backendNamed(name))
    backends.set(name, asked)
    const backend = await asked
    const known = lists.get(backend.name) ?? list(backend)
    lists.set(backend.name, known)
    return await known
  }
  return await Promise.all(
    refs.map(async (ref): Promise<FleetEntry> => {
      try {
        const has = recorded.has(basename(recordFile(role, ref)))
        const record = has ? await readRecord(services, role, ref) : undefined
        return {
          ref,
          status: await statusIn(services, role, ref, {...(await listing(record?.backend)), record}),
        }
      } catch (error) {
        return {ref, error}
      }
    }),
  )
}

interface Listing {
  backend: SessionBackend
  sessions: ReadonlyMap<string, Session>
}

async function list(backend: SessionBackend): Promise<Listing> {
  const sessions = await backend.list()
  return {backend, sessions: new Map(sessions.map((session) => [session.name, session]))}
}

async function statusIn(
  services: Services,
  role: RoleDefinition,
  ref: RigRef,
  {backend, sessions, record}: Listing & {record: SessionRecord | undefined},
): Promise<RoleStatus> {
  const session = sessions.get(role.sessionName(ref))
  // A list tells neither how a session ended nor whose one without labels is.
  if (session && (session.liveness !== 'alive' || session.labels.town === undefined)) {
    return await status(services, role, ref)
  }
  if (session) await checkOurs(session, role, ref)
  return await statusOf(services, role, ref, {backend, record, session})
}

/** The names of the records that there are: most rigs of a large town may have none. */
function recordedSessions(role: RoleDefinition, [first]: readonly RigRef[]): Set<string> {
  if (!first) return new Set()
  try {
    return new Set(readdirSync(dirname(recordFile(role, first))))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set()
    throw error
  }
}
