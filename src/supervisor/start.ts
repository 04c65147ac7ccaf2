import {
  amended,
  ErrorCode,
  type Exit,
  GtError,
  hasCode,
  isGtError,
  type RoleDefinition,
  type RoleRef,
  type Session,
  type SessionBackend,
  type SessionSpec,
  type StartOptions,
  type StartResult,
} from '@gtown/sdk'
import {ownSession} from './ownership.js'
import {type Death, keepPostMortem} from './post-mortem.js'
import {type Prepared, prepare} from './prepare.js'
import {explainLoss, waitUntilReady} from './readiness.js'
import {redact, secretsOf} from './screen.js'
import type {Services} from './services.js'
import {markerPrefix} from './session-spec.js'
import {typeStartupMessages} from './startup-messages.js'
import {unknownLiveness} from './unknown-liveness.js'

/** How often a start is tried again because the session of that name ended between two looks. */
const ATTEMPTS = 5

/** What an agent that never became ready gets to end by itself. */
const FAILED_START_GRACE_MS = 1000

/** Starts a role's session and returns when its agent is ready. On failure nothing of it is left behind. */
export async function start(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
  options: StartOptions,
): Promise<StartResult> {
  let prepared: Prepared
  try {
    prepared = await prepare(services, role, ref, options)
  } catch (error) {
    // What could not be started need not be, if it runs: whoever asked has it.
    const running = await runningSession(services, role, ref)
    if (running) return {outcome: 'already_running', session: running}
    throw error
  }
  return startPrepared(services, role, ref, prepared, options)
}

/** The part of a start that follows the preparation. */
export async function startPrepared(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
  {spec, agent}: Prepared,
  {timeoutMs, signal}: StartOptions,
): Promise<StartResult> {
  const backend = await services.backend()
  // What a killed backend left alive would work beside the new agent.
  await services.endStrays(markerPrefix(ref, spec.name), {graceMs: role.stopGraceMs})
  const created = await create(services, spec, role, ref, signal)
  if (created.outcome === 'already_running') return created
  const {session} = created
  const query = {backend, session, agent, timeoutMs, ...(signal && {signal})}
  try {
    const ready = await waitUntilReady(query)
    if (agent.preset.promptMode === 'none') {
      await typeStartupMessages(services, backend, ready, role.startupMessages(ref, new Date()), signal)
    }
    return {outcome: 'started', session: ready, agent: agent.name}
  } catch (error) {
    const failure = withScreen(await explainLoss(query, error), secretsOf(spec.env, role.env(ref)))
    const outcome = await cleanedUp(backend, session, failure)
    await keepFailure(services, {backend, role, ref, session}, failure)
    throw outcome
  }
}

/** Keeps why the agent did not become ready. A start that failed without a look at its screen tells nothing of it. */
async function keepFailure(services: Services, death: Death, failure: unknown): Promise<void> {
  if (!isGtError(failure) || !Array.isArray(failure.details?.screen)) return
  const {screen, exit} = failure.details as {screen: string[]; exit?: Exit}
  const findings = {reason: failure.message, screen, ...(exit && {exit})}
  await keepPostMortem(services, {...death, findings})
}

type Created = {outcome: 'created'; session: Session} | {outcome: 'already_running'; session: Session}

/** Never looks before it creates: the backend's refusal of a name that is taken is the lock. */
async function create(
  services: Services,
  spec: SessionSpec,
  role: RoleDefinition,
  ref: RoleRef,
  signal: AbortSignal | undefined,
): Promise<Created> {
  const backend = await services.backend()
  for (let attempt = 1; ; attempt++) {
    try {
      return {outcome: 'created', session: await backend.start(spec, {...(signal && {signal})})}
    } catch (error) {
      if (!hasCode(error, ErrorCode.sessionExists) || attempt === ATTEMPTS) throw error
    }
    const existing = await ownSession(backend, role, ref)
    if (!existing) continue
    if (runs(existing)) return {outcome: 'already_running', session: existing}
    if (existing.liveness === 'dead') await keepPostMortem(services, {backend, role, ref, session: existing})
    await backend.stop(existing, {graceMs: role.stopGraceMs})
  }
}

/** Whether the session is to be kept. Rejects when that is not known. */
function runs(session: Session): boolean {
  // What an interrupted stop left over is to be ended, whatever of it is still alive.
  if (session.stopping) return false
  if (session.liveness === 'unknown') throw unknownLiveness(session)
  return session.liveness === 'alive'
}

async function runningSession(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
): Promise<Session | undefined> {
  const session = await ownSession(await services.backend(), role, ref)
  return session && runs(session) ? session : undefined
}

/** Ends what the failed start made, and says so if even that failed. */
async function cleanedUp(backend: SessionBackend, session: Session, error: unknown): Promise<unknown> {
  try {
    await backend.stop(session, {graceMs: FAILED_START_GRACE_MS})
    return error
  } catch (stopError) {
    return new GtError(`${(error as Error).message}; and ending it failed: ${(stopError as Error).message}`, {
      code: isGtError(error) ? error.code : 'START_FAILED',
      cause: error,
      ...(isGtError(stopError) && stopError.hint && {hint: stopError.hint}),
    })
  }
}

/** The error with the screen's last lines in its hint, and with nothing in either that may be secret. */
function withScreen(error: unknown, secrets: Record<string, string>): unknown {
  if (!isGtError(error) || !Array.isArray(error.details?.screen)) return error
  const screen = redact(error.details.screen as string[], secrets)
  const shown =
    screen.length > 0
      ? `The last lines of its screen:\n${screen.map((line) => `  ${line}`).join('\n')}`
      : 'Its screen was empty.'
  return amended(error, {hint: shown, details: {...error.details, screen}})
}
