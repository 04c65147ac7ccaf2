import {
  amended,
  ErrorCode,
  GtError,
  hasCode,
  isGtError,
  type RoleDefinition,
  type Session,
  type SessionBackend,
  type SessionSpec,
} from '@gtown/sdk'
import type {AgentRef} from './agent-ref.js'
import {backendOf} from './backend-of.js'
import {ownSession} from './ownership.js'
import {type DeadSession, keepPostMortem} from './post-mortem.js'
import type {Services} from './services.js'
import {type DesiredState, desiredState, readRecord, recordFile} from './session-record/read.js'
import {ensureRecord, type LifeRecorded, recordLife, withRecord} from './session-record/write.js'
import {unknownLiveness} from './unknown-liveness.js'

/** Number of attempts. Another command may end the session of that name between two checks. */
const ATTEMPTS = 5

/** The session to create. */
export interface NewSession {
  /** The backend to run the session on. */
  backend: SessionBackend
  spec: SessionSpec
  /** The AI agent requested for this start. */
  requested?: string | undefined
  /** Create it only if it should run. Rejects with `NOT_DESIRED` if it was stopped on purpose. */
  ifDesired?: boolean
  signal?: AbortSignal | undefined
}

/** `before`: the desired state before this session was created. */
export type Created =
  | {outcome: 'created'; session: Session; before: DesiredState}
  | {outcome: 'already_running'; session: Session}

/**
 * Creates the agent's session, unless it already runs on any backend. Leftovers of a dead one are ended first. Does
 * not check before it creates: within one backend, its refusal of a taken name is the lock; between backends, the
 * record is.
 */
export async function createSession(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  wanted: NewSession,
): Promise<Created> {
  const {backend, spec, signal} = wanted
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const elsewhere = await claim(services, agent, wanted)
    if (elsewhere) return {outcome: 'already_running', session: elsewhere}
    const created = await createGuarded(services, agent, wanted)
    if (created) return created
    signal?.throwIfAborted()
    const existing = await ownSession(backend, agent)
    if (existing && runs(existing)) return {outcome: 'already_running', session: existing}
    if (existing) await endLeftovers(services, agent, {backend, session: existing})
  }
  throw new GtError(`session '${spec.name}' was started and ended by others again and again`, {
    code: ErrorCode.sessionExists,
    hint: 'Try again when nobody else works on it.',
  })
}

/** Undefined if the name was taken, or another start won. */
async function createGuarded(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  wanted: NewSession,
): Promise<Created | undefined> {
  const {role} = agent
  const create = async (): Promise<Created | undefined> => {
    const session = await startUnlessTaken(wanted)
    const before = session && (await recordCreated(services, agent, {...wanted, session}))
    return before && {outcome: 'created', session, before}
  }
  return role.guardWorkDir ? await role.guardWorkDir(agent, wanted.spec.cwd, create) : await create()
}

/**
 * Records the new session. Ends it again if another start won, if it should not run, or if recording failed.
 *
 * @returns the desired state before; undefined if another start won
 */
async function recordCreated(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  {backend, session, requested, ifDesired = false}: NewSession & {session: Session},
): Promise<DesiredState | undefined> {
  let life: LifeRecorded | undefined
  try {
    life = await recordLife(services, agent, {backend: backend.name, session, requested, ifDesired})
  } finally {
    if (life?.outcome !== 'recorded') await backend.stop(session, {graceMs: 0})
  }
  if (life.outcome === 'not_desired') {
    throw new GtError(`session '${session.name}' was stopped on purpose`, {code: 'NOT_DESIRED'})
  }
  return life.outcome === 'recorded' ? life.before : undefined
}

/** The agent's session if it runs, on any backend. Rejects if that is unknown. */
export async function runningSession(services: Services, agent: AgentRef): Promise<Session | undefined> {
  const {backend} = await backendOf(services, agent)
  const session = await ownSession(backend, agent)
  return session && runs(session) ? session : undefined
}

async function startUnlessTaken({backend, spec, signal}: NewSession): Promise<Session | undefined> {
  try {
    return await backend.start(spec, {...(signal && {signal})})
  } catch (error) {
    if (!hasCode(error, ErrorCode.sessionExists)) throw error
    return undefined
  }
}

/**
 * Records the backend before anything runs on it. Returns the session if it already runs on another recorded backend.
 */
async function claim(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  {backend}: NewSession,
): Promise<Session | undefined> {
  try {
    const {backend: recorded} = await ensureRecord(services, agent, backend.name)
    if (recorded === backend.name) return undefined
    return await move(services, agent, {from: recorded, to: backend.name})
  } catch (error) {
    if (!hasCode(error, 'UNWRITABLE') || !isGtError(error)) throw error
    const known = readRecord(services, agent)?.backend ?? (await services.firstBackend()).name
    // Without a record, gt would look for the session on another backend.
    if (known !== backend.name) {
      throw amended(error, {
        hint: `gt must record in ${recordFile(agent)} that the session runs on ${backend.name}.`,
      })
    }
    services.warn(`the session record cannot be written: ${error.message}`)
    return undefined
  }
}

/** Returns the session if it runs on the other backend. If it does not, makes the record name the new backend. */
async function move(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  {from, to}: {from: string; to: string},
): Promise<Session | undefined> {
  const other = await services.backendNamed(from)
  return await withRecord(services, agent, async (record, replace) => {
    const session = record?.backend === from ? await ownSession(other, agent) : undefined
    if (session && runs(session)) return session
    if (session) await endLeftovers(services, agent, {backend: other, session})
    if (record?.backend === from) await replace({backend: to, ...desiredState(record)})
    return undefined
  })
}

/** Ends the leftovers of a session whose agent has ended, or whose stop was interrupted. */
async function endLeftovers(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  left: DeadSession,
): Promise<void> {
  const {backend, session} = left
  if (session.liveness === 'dead') await keepPostMortem(services, agent, left)
  await backend.stop(session, {graceMs: agent.role.stopGraceMs})
}

/** Whether the session counts as running. Throws if that is unknown. */
function runs(session: Session): boolean {
  // An interrupted stop must be finished, even if the agent is still alive.
  if (session.stopping) return false
  if (session.liveness === 'unknown') throw unknownLiveness(session)
  return session.liveness === 'alive'
}
