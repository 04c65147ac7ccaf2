import type {FleetEntry, RigRef, RoleDefinition, Session, SessionBackend} from '@gtown/sdk'
import {type AgentRef, agentOf} from './agent-ref.js'
import {checkOurs} from './ownership.js'
import type {Services} from './services.js'
import {readRecord, recordedSessions, type SessionRecord} from './session-record/read.js'
import {status, statusOf} from './status.js'

/**
 * What is true of a role's sessions in many rigs of one town. Costs one round trip to each backend that any of them is
 * on, however many they are, and one more for each that is dead, was not started by gt, or has left its agent behind.
 * What their agents are doing is not looked at. One that cannot be told takes no other down.
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
      // The backend makes its list while the files of the others are read.
      if (record) ahead(record)
      entries.push(entryOf({services, recalling}, {ref, agent, record, asked}))
    } catch (error) {
      entries.push({ref, error})
    }
  }
  return await Promise.all(entries)
}

/** A backend and the list that it makes, or why it cannot be asked. */
type Asked = {backend: SessionBackend; listing: Promise<Listing>} | {error: unknown}

type Listing = {sessions: ReadonlyMap<string, Session>} | {error: unknown}

/** Asks a backend that is not known by that name, once: another name may have led to it, and a failure is kept, too. */
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

/** Never rejects: it may fail before anybody waits for it. */
async function list(backend: SessionBackend): Promise<Listing> {
  try {
    const sessions = await backend.list()
    return {sessions: new Map(sessions.map((session) => [session.name, session]))}
  } catch (error) {
    return {error}
  }
}

interface LookAhead {
  /** They remember which processes were seen to run. */
  recalling: Services
  ahead(record: SessionRecord): void
}

/** One of the fleet: as the caller names it, and what is known of it before its backend answers. */
interface Member {
  ref: RigRef
  agent: AgentRef<RoleDefinition>
  record: SessionRecord | undefined
  asked: Asked
}

/** Asks the system for the processes of sessions before it is known whether the sessions are there. */
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
    // A list tells neither how a session ended nor whose one without labels is.
    if (session && (session.liveness !== 'alive' || session.labels.town === undefined)) {
      return {ref, status: await status(services, agent)}
    }
    if (session) await checkOurs(session, agent)
    const found = await statusOf(recalling, agent, {backend: asked.backend, record, session, workers})
    // Its record may be younger than the list.
    return {ref, status: found.liveness === 'outlived' ? await status(services, agent) : found}
  } catch (error) {
    return {ref, error}
  }
}
