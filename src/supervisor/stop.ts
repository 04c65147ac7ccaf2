import type {RoleDefinition, Session, StopOptions, StopResult} from '@gtown/sdk'
import type {AgentRef} from './agent-ref.js'
import {backendOf} from './backend-of.js'
import {ownSession} from './ownership.js'
import {keepPostMortem, type PostMortemRole} from './post-mortem.js'
import type {Services} from './services.js'
import {forgetDesire} from './session-record/write.js'
import {markerPrefix, sessionMarker} from './session-spec.js'

/** Maximum time to end a session, on top of the grace period. */
const ENDED_WITHIN_MS = 20_000

/** What `stop` needs to know about an agent. */
type StoppedAgent = AgentRef<PostMortemRole & Partial<Pick<RoleDefinition, 'stopGraceMs'>>>

/**
 * Stops an agent's session and all its processes on purpose: from now on it should not run. Idempotent. Rejects with
 * the names of the survivors if any process cannot be ended.
 */
export async function stop(
  services: Services,
  agent: StoppedAgent,
  options: StopOptions = {},
): Promise<StopResult> {
  // Do this first, so that an observer does not mistake the stop for a crash.
  await forgetDesire(services, agent)
  return await end(services, agent, options)
}

/** Like `stop`, but leaves the desired state unchanged. */
export async function end(
  services: Services,
  agent: StoppedAgent,
  {graceMs = agent.role.stopGraceMs ?? 0, signal}: StopOptions = {},
): Promise<StopResult> {
  const {sessionName} = agent
  const {backend} = await backendOf(services, agent)
  const session = await ownSession(backend, agent)
  if (!session) {
    const strays = await services.endStrays(markerPrefix(agent), {graceMs})
    return {outcome: strays > 0 ? 'stopped' : 'not_running', sessionName}
  }
  if (await isInside(services, agent, session)) {
    return services.runAgainOutside(backend, {waitMs: graceMs + ENDED_WITHIN_MS, ...(signal && {signal})})
  }
  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
  const ended = await backend.stop(session, {graceMs})
  const ran = ended === 'stopped' && session.liveness !== 'dead'
  return {outcome: ran ? 'stopped' : 'not_running', sessionName}
}

/** Whether this process would be ended with the session. */
async function isInside(services: Services, agent: AgentRef, session: Session): Promise<boolean> {
  const marker = services.env.GT_SESSION_ID
  return marker === sessionMarker(agent, session.incarnation) || services.runsUnder(session.pid)
}
