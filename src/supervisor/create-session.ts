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

/** How often it is tried again because the session of that name ended between two looks. */
const ATTEMPTS = 5

/** The session that is to be made. */
export interface NewSession {
  /** The backend that the session is to run on. */
  backend: SessionBackend
  spec: SessionSpec
  /** The AI agent that was named for this start. */
  requested?: string | undefined
  /** Make it only if it should run: rejects with `NOT_DESIRED` when it was stopped on purpose. */
  ifDesired?: boolean
  signal?: AbortSignal | undefined
}

/** `before`: what was desired until this session was made. */
export type Created =
  | {outcome: 'created'; session: Session; before: DesiredState}
  | {outcome: 'already_running'; session: Session}

/**
 * Makes the agent's session, unless it runs, on whichever backend. What is left of a dead one is ended first. Never
 * looks before it creates: the backend's refusal of a name that is taken is the lock; between two backends, the record.
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
    if (existing) await end(services, agent, {backend, session: existing})
  }
  throw new GtError(`session '${spec.name}' was started and ended by others again and again`, {
    code: ErrorCode.sessionExists,
    hint: 'Try again when nobody else works on it.',
  })
}

/** Undefined where the name was taken, or another start has won. */
async function createGuarded(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  wanted: NewSession,
): Promise<Created | undefined> {
  const {role} = agent
  const create = async (): Promise<Created | undefined> => {
    const session = await startUnlessTaken(wanted)
    const before = session && (await recorded(services, agent, {...wanted, session}))
    return before && {outcome: 'created', session, before}
  }
  return role.guardWorkDir ? await role.guardWorkDir(agent, wanted.spec.cwd, create) : await create()
}

/**
 * Notes the session that was made; ends it again where another start has won, where it should not run, and where that
 * cannot be told.
 *
 * @returns what was desired before; undefined where another start has won
 */
async function recorded(
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

/** The agent's session if it runs, on whichever backend. Rejects when that is not known. */
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

/** Records the backend before anything runs on it. Returns the session that runs on the backend recorded before. */
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
    // It would be looked for elsewhere.
    if (known !== backend.name) {
      throw amended(error, {
        hint: `${recordFile(agent)} has to tell that the session runs on ${backend.name}.`,
      })
    }
    services.warn(`what is known of the session cannot be kept: ${error.message}`)
    return undefined
  }
}

/** The session that runs on the other backend; where none does, the record names the new one from then on. */
async function move(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  {from, to}: {from: string; to: string},
): Promise<Session | undefined> {
  const other = await services.backendNamed(from)
  return await withRecord(services, agent, async (record, replace) => {
    const session = record?.backend === from ? await ownSession(other, agent) : undefined
    if (session && runs(session)) return session
    if (session) await end(services, agent, {backend: other, session})
    if (record?.backend === from) await replace({backend: to, ...desiredState(record)})
    return undefined
  })
}

/** Ends what is left of a session whose agent has ended, or whose stop was interrupted. */
async function end(services: Services, agent: AgentRef<RoleDefinition>, left: DeadSession): Promise<void> {
  const {backend, session} = left
  if (session.liveness === 'dead') await keepPostMortem(services, agent, left)
  await backend.stop(session, {graceMs: agent.role.stopGraceMs})
}

/** Whether the session is to be kept. Rejects when that is not known. */
function runs(session: Session): boolean {
  // What an interrupted stop left over is to be ended, whatever of it is still alive.
  if (session.stopping) return false
  if (session.liveness === 'unknown') throw unknownLiveness(session)
  return session.liveness === 'alive'
}
