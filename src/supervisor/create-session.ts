import {
  amended,
  ErrorCode,
  GtError,
  hasCode,
  isGtError,
  type RoleDefinition,
  type RoleRef,
  type Session,
  type SessionBackend,
  type SessionSpec,
} from '@gtown/sdk'
import {backendOf} from './backend-of.js'
import {ownSession} from './ownership.js'
import {keepPostMortem} from './post-mortem.js'
import type {Services} from './services.js'
import {type DesiredState, desiredState, readRecord, recordFile} from './session-record/read.js'
import {ensureRecord, type LifeRecorded, recordLife, withRecord} from './session-record/write.js'
import {unknownLiveness} from './unknown-liveness.js'

/** How often it is tried again because the session of that name ended between two looks. */
const ATTEMPTS = 5

export interface Creation {
  services: Services
  role: RoleDefinition
  ref: RoleRef
  /** The backend that the session is to run on. */
  backend: SessionBackend
  spec: SessionSpec
  /** The agent that was named for this start. */
  agent?: string | undefined
  /** Make it only if it should run: rejects with `NOT_DESIRED` when it was stopped on purpose. */
  ifDesired?: boolean
  signal?: AbortSignal | undefined
}

/** `before`: what was desired until this session was made. */
export type Created =
  | {outcome: 'created'; session: Session; before: DesiredState}
  | {outcome: 'already_running'; session: Session}

/**
 * Makes the role's session, unless it runs, on whichever backend. What is left of a dead one is ended first. Never
 * looks before it creates: the backend's refusal of a name that is taken is the lock; between two backends, the record.
 */
export async function createSession(creation: Creation): Promise<Created> {
  const {backend, spec, role, signal} = creation
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const elsewhere = await claim(creation)
    if (elsewhere) return {outcome: 'already_running', session: elsewhere}
    const created = await createGuarded(creation)
    if (created) return created
    signal?.throwIfAborted()
    const existing = await ownSession(backend, role, creation.ref)
    if (existing && runs(existing)) return {outcome: 'already_running', session: existing}
    if (existing) await end(creation, backend, existing)
  }
  throw new GtError(`session '${spec.name}' was started and ended by others again and again`, {
    code: ErrorCode.sessionExists,
    hint: 'Try again when nobody else works on it.',
  })
}

/** Undefined where the name was taken, or another start has won. */
async function createGuarded(creation: Creation): Promise<Created | undefined> {
  const {role, ref, spec} = creation
  const create = async (): Promise<Created | undefined> => {
    const session = await startUnlessTaken(creation)
    const before = session && (await recorded(creation, session))
    return before && {outcome: 'created', session, before}
  }
  return role.guardWorkDir ? await role.guardWorkDir(ref, spec.cwd, create) : await create()
}

/**
 * Notes the session that was made; ends it again where another start has won, where it should not run, and where that
 * cannot be told.
 *
 * @returns what was desired before; undefined where another start has won
 */
async function recorded(creation: Creation, session: Session): Promise<DesiredState | undefined> {
  const {backend, agent, ifDesired} = creation
  let life: LifeRecorded | undefined
  try {
    life = await recordLife(creation, backend.name, session, {agent, ...(ifDesired && {ifDesired})})
  } finally {
    if (life?.outcome !== 'recorded') await backend.stop(session, {graceMs: 0})
  }
  if (life.outcome === 'not_desired') {
    throw new GtError(`session '${session.name}' was stopped on purpose`, {code: 'NOT_DESIRED'})
  }
  return life.outcome === 'recorded' ? life.before : undefined
}

/** The role's session if it runs, on whichever backend. Rejects when that is not known. */
export async function runningSession(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
): Promise<Session | undefined> {
  const {backend} = await backendOf(services, role, ref)
  const session = await ownSession(backend, role, ref)
  return session && runs(session) ? session : undefined
}

async function startUnlessTaken({backend, spec, signal}: Creation): Promise<Session | undefined> {
  try {
    return await backend.start(spec, {...(signal && {signal})})
  } catch (error) {
    if (!hasCode(error, ErrorCode.sessionExists)) throw error
    return undefined
  }
}

/** Records the backend before anything runs on it. Returns the session that runs on the backend recorded before. */
async function claim(creation: Creation): Promise<Session | undefined> {
  const {services, role, ref, backend} = creation
  try {
    const {backend: recorded} = await ensureRecord(creation, backend.name)
    return recorded === backend.name ? undefined : await moveFrom(recorded, creation)
  } catch (error) {
    if (!hasCode(error, 'UNWRITABLE') || !isGtError(error)) throw error
    const known = readRecord(services, role, ref)?.backend ?? (await services.firstBackend()).name
    // It would be looked for elsewhere.
    if (known !== backend.name) {
      throw amended(error, {
        hint: `${recordFile(role, ref)} has to tell that the session runs on ${backend.name}.`,
      })
    }
    services.warn(`what is known of the session cannot be kept: ${error.message}`)
    return undefined
  }
}

async function moveFrom(recorded: string, creation: Creation): Promise<Session | undefined> {
  const {services, role, ref, backend} = creation
  const other = await services.backendNamed(recorded)
  return await withRecord(creation, async (record, replace) => {
    const session = record?.backend === recorded ? await ownSession(other, role, ref) : undefined
    if (session && runs(session)) return session
    if (session) await end(creation, other, session)
    if (record?.backend === recorded) await replace({backend: backend.name, ...desiredState(record)})
    return undefined
  })
}

/** Ends what is left of a session whose agent has ended, or whose stop was interrupted. */
async function end(
  {services, role, ref}: Creation,
  backend: SessionBackend,
  session: Session,
): Promise<void> {
  if (session.liveness === 'dead') await keepPostMortem(services, {backend, role, ref, session})
  await backend.stop(session, {graceMs: role.stopGraceMs})
}

/** Whether the session is to be kept. Rejects when that is not known. */
function runs(session: Session): boolean {
  // What an interrupted stop left over is to be ended, whatever of it is still alive.
  if (session.stopping) return false
  if (session.liveness === 'unknown') throw unknownLiveness(session)
  return session.liveness === 'alive'
}
