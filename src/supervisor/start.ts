import {
  amended,
  type Exit,
  GtError,
  isGtError,
  type RoleDefinition,
  type RoleRef,
  type Session,
  type SessionBackend,
  type StartOptions,
  type StartResult,
} from '@gtown/sdk'
import {createSession, runningSession} from './create-session.js'
import {type Death, keepPostMortem} from './post-mortem.js'
import {type Prepared, prepare} from './prepare.js'
import {explainLoss, waitUntilReady} from './readiness.js'
import {redact, secretsOf} from './screen.js'
import type {Services} from './services.js'
import {recordDesire, recordFailure, recordReady} from './session-record/write.js'
import {markerPrefix} from './session-spec.js'
import {typeStartupMessages} from './startup-messages.js'

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
    if (!running) throw error
    await recordDesire({services, role, ref})
    return {outcome: 'already_running', session: running}
  }
  return startPrepared(services, role, ref, prepared, options)
}

/** The part of a start that follows the preparation. With `ifDesired`, as `Creation` has it. */
export async function startPrepared(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
  {spec, agent, backend, acceptDialogs}: Prepared,
  options: StartOptions & {ifDesired?: boolean},
): Promise<StartResult> {
  const {timeoutMs, signal, ifDesired = false} = options
  const owner = {services, role, ref}
  // What a killed backend left alive would work beside the new agent.
  await services.endStrays(markerPrefix(ref, spec.name), {graceMs: role.stopGraceMs})
  const created = await createSession({...owner, backend, spec, agent: options.agent, ifDesired, signal})
  const {session} = created
  if (created.outcome === 'already_running') {
    if (!ifDesired) await recordDesire(owner)
    return {outcome: created.outcome, session}
  }
  const query = {services, backend, session, agent, timeoutMs, acceptDialogs, ...(signal && {signal})}
  try {
    const ready = await waitUntilReady(query)
    await recordReady(owner, session)
    if (agent.preset.promptMode === 'none') {
      await typeStartupMessages(
        {services, backend, session: ready, signal},
        role.startupMessages(ref, new Date()),
      )
    }
    return {outcome: 'started', session: ready, agent: agent.name, isFallback: agent.isFallback}
  } catch (error) {
    const failure = withScreen(await explainLoss(query, error), secretsOf(spec.env, role.env(ref)))
    const outcome = await cleanedUp(backend, session, failure)
    await recordFailure(owner, session, created.before)
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
  const {dialog} = error.details
  const [asked] = typeof dialog === 'string' ? redact([dialog], secrets) : []
  const shown =
    screen.length > 0
      ? `The last lines of its screen:\n${screen.map((line) => `  ${line}`).join('\n')}`
      : 'Its screen was empty.'
  const hint = error.hint ? `${error.hint}\n${shown}` : shown
  return amended(error, {
    hint,
    details: {...error.details, screen, ...(asked !== undefined && {dialog: asked})},
  })
}
