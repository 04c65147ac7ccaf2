import {ErrorCode, isGtError, type RigRef, type Session, type SessionBackend} from '@gtown/sdk'
import {agentOf} from '../../supervisor/agent-ref.js'
import {resolved} from '../../supervisor/ownership.js'
import type {Services} from '../../supervisor/services.js'
import {readRecord, type SessionRecord} from '../../supervisor/session-record/read.js'
import {workerSession} from '../../supervisor/worker-session.js'

export interface FoundSession {
  backend: SessionBackend
  session: Session
}

/** All sessions on the backends that answered, and the errors of the others. */
export interface SessionList {
  all: readonly FoundSession[]
  answered: ReadonlySet<string>
  silent: readonly string[]
}

/** Lists all sessions, with one round trip to each usable backend. */
export async function listSessions(services: Services): Promise<SessionList> {
  const all: FoundSession[] = []
  const answered = new Set<string>()
  const silent: string[] = []
  for (const backend of await services.usableBackends()) {
    try {
      for (const session of await backend.list()) all.push({backend, session})
      answered.add(backend.name)
    } catch (error) {
      if (!isGtError(error) || error.code !== ErrorCode.backendUnavailable) throw error
      silent.push(`${backend.name}: ${error.message}`)
    }
  }
  return {all, answered, silent}
}

/** True for a session whose labels say that it was started as a worker of this rig. */
export function isWorkerOf({labels}: Session, {rig, town}: RigRef): boolean {
  return labels.town === town.realRoot && labels.rig === rig.name && labels.role === 'polecat'
}

export type SessionObservation =
  | {is: 'found'; found: FoundSession; ours: boolean; record: SessionRecord | undefined}
  | {is: 'absent'; record: SessionRecord | undefined}
  | {is: 'unknown'; detail: string; record: SessionRecord | undefined}

/** Finds a worker's session in the list. */
export async function findSession(
  services: Services,
  ref: RigRef,
  worker: string,
  list: SessionList,
): Promise<SessionObservation> {
  const agent = agentOf(workerSession(worker), {...ref, name: worker})
  const name = agent.sessionName
  const labelled = list.all.find(({session}) => isWorkerOf(session, ref) && session.labels.name === worker)
  const record = readRecord(services, agent)
  if (labelled) return {is: 'found', found: labelled, ours: true, record}
  const namesake = list.all.find(({session}) => session.name === name)
  if (namesake) {
    if (await isOfOriginal(namesake, worker, ref)) return {is: 'found', found: namesake, ours: false, record}
    return {is: 'unknown', detail: `session '${name}' belongs to somebody else`, record}
  }
  // Later versions of the original use the prefix of the rig's beads in the name.
  for (const found of list.all.filter(({session}) => session.name.endsWith(`-${worker}`))) {
    if (await isOfOriginal(found, worker, ref)) return {is: 'found', found, ours: false, record}
  }
  if (record && !list.answered.has(record.backend)) {
    return {is: 'unknown', detail: `its session backend ${record.backend} gives no answer`, record}
  }
  if (!record && (list.silent.length > 0 || list.answered.size === 0)) {
    return {is: 'unknown', detail: list.silent.join('; ') || 'no session backend can be used', record}
  }
  return {is: 'absent', record}
}

/** True for a session without labels whose environment, set by the original, names this town, rig and worker. */
async function isOfOriginal(
  {backend, session}: FoundSession,
  worker: string,
  {rig, town}: RigRef,
): Promise<boolean> {
  if (session.labels.town !== undefined) return false
  const {GT_ROOT, GT_TOWN_ROOT = GT_ROOT, GT_RIG, GT_POLECAT} = (await backend.environment?.(session)) ?? {}
  const isOfTown = GT_TOWN_ROOT !== undefined && (await resolved(GT_TOWN_ROOT)) === town.realRoot
  return isOfTown && GT_RIG === rig.name && GT_POLECAT === worker
}
