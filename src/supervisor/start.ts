import {
  amended,
  type Exit,
  GtError,
  isGtError,
  type RoleDefinition,
  type Session,
  type SessionBackend,
  type StartOptions,
  type StartResult,
} from '@gtown/sdk'
import type {AgentRef} from './agent-ref.js'
import {createSession, runningSession} from './create-session.js'
import {type DeadSession, keepPostMortem} from './post-mortem.js'
import {type Prepared, prepare} from './prepare.js'
import {explainLoss, waitUntilReady} from './readiness.js'
import {redact, secretsOf} from './screen.js'
import type {Services} from './services.js'
import {recordDesire, recordFailure, recordReady} from './session-record/write.js'
import {markerPrefix} from './session-spec.js'
import {typeStartupMessages} from './startup-messages.js'

/** Grace period for an agent that never became ready. */
const FAILED_START_GRACE_MS = 1000

/** Starts an agent's session and returns when the agent is ready. A failed start leaves nothing behind. */
export async function start(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  options: StartOptions,
): Promise<StartResult> {
  let prepared: Prepared
  try {
    prepared = await prepare(services, agent, options)
  } catch (error) {
    // If the session runs already, the failed preparation does not matter.
    const running = await runningSession(services, agent)
    if (!running) throw error
    await recordDesire(services, agent)
    return {outcome: 'already_running', session: running}
  }
  return startPrepared(services, agent, {...options, prepared})
}

/** Options for `startPrepared`. For `ifDesired` see `NewSession`. */
type PreparedStart = StartOptions & {prepared: Prepared; ifDesired?: boolean}

/** The part of a start after the preparation. */
export async function startPrepared(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  {prepared, agent: requested, timeoutMs, signal, ifDesired = false}: PreparedStart,
): Promise<StartResult> {
  const {role} = agent
  const {spec, chosen, backend, acceptDialogs} = prepared
  // Agents that survived a killed backend would run beside the new one.
  await services.endStrays(markerPrefix(agent), {graceMs: role.stopGraceMs})
  const created = await createSession(services, agent, {backend, spec, requested, ifDesired, signal})
  const {session} = created
  if (created.outcome === 'already_running') {
    if (!ifDesired) await recordDesire(services, agent)
    return {outcome: created.outcome, session}
  }
  const query = {backend, session, chosen, timeoutMs, acceptDialogs, ...(signal && {signal})}
  try {
    const ready = await waitUntilReady(services, query)
    await recordReady(services, agent, session)
    if (chosen.preset.promptMode === 'none') {
      const messages = role.startupMessages(agent, new Date())
      await typeStartupMessages(services, {backend, session: ready, signal}, messages)
    }
    return {outcome: 'started', session: ready, agent: chosen.name, isFallback: chosen.isFallback}
  } catch (error) {
    const failure = withScreen(await explainLoss(query, error), secretsOf(spec.env, role.env(agent)))
    const outcome = await cleanUp(backend, session, failure)
    await recordFailure(services, agent, {session, before: created.before})
    const findings = findingsOf(failure)
    if (findings) await keepPostMortem(services, agent, {backend, session, findings})
    throw outcome
  }
}

/** Why the agent did not become ready; undefined if the start failed without reading the screen. */
function findingsOf(failure: unknown): DeadSession['findings'] {
  if (!isGtError(failure) || !Array.isArray(failure.details?.screen)) return undefined
  const {screen, exit} = failure.details as {screen: string[]; exit?: Exit}
  return {reason: failure.message, screen, ...(exit && {exit})}
}

/** Stops the session of a failed start. Returns the error to throw, which says so if that stop failed too. */
async function cleanUp(backend: SessionBackend, session: Session, error: unknown): Promise<unknown> {
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

/** The error with the last screen lines in its hint, with secrets hidden in both hint and details. */
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
