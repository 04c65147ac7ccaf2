import type {FleetEntry, RigRef, RoleDefinition, Session, SessionBackend} from '@gtown/sdk'
import {type AgentRef, agentOf} from './agent-ref.js'
import {checkOurs} from './ownership.js'
import type {Services} from './services.js'
import {readRecord, recordedSessions, type SessionRecord} from './session-record/read.js'
import {status, statusOf} from './status.js'

/**
 * The status of a role's sessions in many rigs of one town. Costs one round trip per backend, plus one for each
 * session that is dead, was not started by gt, or has left its agent behind. Does not read what the agents are doing.
 * A session that cannot be checked gets an error of its own and does not fail the others.
 */
export async function fleetStatus(
  services: Services,
  role: RoleDefinition,
  refs: readonly RigRef[],
): Promise<FleetEntry[]> {
  const [first] = refs
  if (!first) return []
  const recorded = recordedSessions(first.town)
  const known = new Map<string | undefined, Asked>()
  const {ahead, recalling} = lookAhead(services)
  const entries: (FleetEntry | Promise<FleetEntry>)[] = []
  for (const ref of refs) {
    try {
      const agent = agentOf(role, ref)
      const record = recorded.has(agent.sessionName) ? readRecord(services, agent) : undefined
      const asked = known.get(record?.backend) ?? (await ask(services, record?.backend, known))
      // The backend lists its sessions while the next records are read.
      if (record) ahead(record)
      entries.push(entryOf({services, recalling}, {ref, agent, record, asked}))
    } catch (error) {
      entries.push({ref, error})
    }
  }
  return await Promise.all(entries)
}

/** A backend with its pending list, or why the backend cannot be used. */
type Asked = {backend: SessionBackend; listing: Promise<Listing>} | {error: unknown}

type Listing = {sessions: ReadonlyMap<string, Session>} | {error: unknown}

/**
 * Looks up a backend by a new name and lists it once. Two names may lead to the same backend. Failures are remembered
 * too.
 */
async function ask(
  services: Services,
  name: string | undefined,
  known: Map<string | undefined, Asked>,
): Promise<Asked> {
  let asked: Asked
  try {
    const backend = await (name === undefined ? services.firstBackend() : services.backendNamed(name))
    const same = [...known.values()].find(
      (other) => 'backend' in other && other.backend.name === backend.name,
    )
    asked = same ?? {backend, listing: list(backend)}
  } catch (error) {
    asked = {error}
  }
  known.set(name, asked)
  return asked
}

/** Never rejects: nothing may be awaiting it yet when it fails. */
async function list(backend: SessionBackend): Promise<Listing> {
  try {
    const sessions = await backend.list()
    return {sessions: new Map(sessions.map((session) => [session.name, session]))}
  } catch (error) {
    return {error}
  }
}

interface LookAhead {
  /** The services, with the processes already seen running remembered. */
  recalling: Services
  ahead(record: SessionRecord): void
}

/** One agent of the fleet, with what is known before its backend answers. */
interface Member {
  ref: RigRef
  agent: AgentRef<RoleDefinition>
  record: SessionRecord | undefined
  asked: Asked
}

/** Checks recorded processes early, before the backend has said which sessions exist. */
function lookAhead(services: Services): LookAhead {
  const running = new Set<number>()
  return {
    ahead({pid, pidStart}) {
      if (pid && pidStart && services.processState(pid, pidStart) === 'running') running.add(pid)
    },
    recalling: {
      ...services,
      processState: (pid, start) =>
        start === undefined && running.has(pid) ? 'running' : services.processState(pid, start),
    },
  }
}

async function entryOf(
  {services, recalling}: {services: Services; recalling: Services},
  {ref, agent, record, asked}: Member,
): Promise<FleetEntry> {
  if ('error' in asked) return {ref, error: asked.error}
  try {
    const workers = await ref.rig.workers()
    const listing = await asked.listing
    if ('error' in listing) return {ref, error: listing.error}
    const session = listing.sessions.get(agent.sessionName)
    // The list lacks exit codes, and the owner of a session without labels.
    if (session && (session.liveness !== 'alive' || session.labels.town === undefined)) {
      return {ref, status: await status(services, agent)}
    }
    if (session) await checkOurs(session, agent)
    const found = await statusOf(recalling, agent, {backend: asked.backend, record, session, workers})
    // The record may be newer than the list.
    return {ref, status: found.liveness === 'outlived' ? await status(services, agent) : found}
  } catch (error) {
    return {ref, error}
  }
}
