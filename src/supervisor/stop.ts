import type {RoleDefinition, RoleRef, Session, StopOptions, StopResult} from '@gtown/sdk'
import {backendOf} from './backend-of.js'
import {ownSession} from './ownership.js'
import {type Death, keepPostMortem} from './post-mortem.js'
import type {Services} from './services.js'
import {forgetDesire} from './session-record/write.js'
import {markerPrefix, sessionMarker} from './session-spec.js'

/** What ending a session takes at most beside the grace period. */
const ENDED_WITHIN_MS = 20_000

/** What of a role its stop needs. */
type StoppedRole = Death['role'] & Partial<Pick<RoleDefinition, 'stopGraceMs'>>

/**
 * Ends a role's session and everything in it, on purpose: from now on it should not run. Idempotent. Rejects, naming
 * the survivors, when something lives on.
 */
export async function stop(
  services: Services,
  role: StoppedRole,
  ref: RoleRef,
  options: StopOptions = {},
): Promise<StopResult> {
  // First, so that nobody who looks at a session that is going takes that for a crash.
  await forgetDesire({services, role, ref})
  return await end(services, role, ref, options)
}

/** The same without a word on whether it should run. */
export async function end(
  services: Services,
  role: StoppedRole,
  ref: RoleRef,
  {graceMs = role.stopGraceMs ?? 0, signal}: StopOptions = {},
): Promise<StopResult> {
  const sessionName = role.sessionName(ref)
  const {backend} = await backendOf(services, role, ref)
  const session = await ownSession(backend, role, ref)
  if (!session) {
    const strays = await services.endStrays(markerPrefix(ref, sessionName), {graceMs})
    return {outcome: strays > 0 ? 'stopped' : 'not_running', sessionName}
  }
  if (await isInside(services, session, ref)) {
    return services.runAgainOutside(backend, {waitMs: graceMs + ENDED_WITHIN_MS, ...(signal && {signal})})
  }
  if (session.liveness === 'dead') await keepPostMortem(services, {backend, role, ref, session})
  const ended = await backend.stop(session, {graceMs})
  const ran = ended === 'stopped' && session.liveness !== 'dead'
  return {outcome: ran ? 'stopped' : 'not_running', sessionName}
}

/** Whether this process would be ended with the session. */
async function isInside(services: Services, session: Session, ref: RoleRef): Promise<boolean> {
  const marker = services.env.GT_SESSION_ID
  return marker === sessionMarker(ref, session.name, session.incarnation) || services.runsUnder(session.pid)
}
