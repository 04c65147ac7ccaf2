import type {RoleDefinition, RoleRef, RoleStatus} from '@gtown/sdk'
import {deathReason} from './exit-words.js'
import {ownSession} from './ownership.js'
import type {Services} from './services.js'

const STOPPING = 'a stop of it has begun and has not ended; stop it again, or start it afresh'

/**
 * What is true of a role's session now. Costs one round trip to the backend; the first to notice a death reads the
 * screen, too, and keeps a post-mortem.
 */
export async function status(services: Services, role: RoleDefinition, ref: RoleRef): Promise<RoleStatus> {
  const sessionName = role.sessionName(ref)
  const backend = await services.backend()
  const [session, workers] = await Promise.all([ownSession(backend, role, ref), ref.rig.workers()])
  const asked = {sessionName, backend: backend.name, workers}
  if (!session) return {...asked, liveness: 'absent'}
  if (session.liveness === 'alive')
    return {...asked, liveness: 'alive', session, ...(session.stopping && {reason: STOPPING})}
  if (session.liveness === 'unknown') throw (await import('./unknown-liveness.js')).unknownLiveness(session)
  // What only a death needs is loaded only then.
  const {keepPostMortem} = await import('./post-mortem.js')
  const postMortem = await keepPostMortem(services, {backend, role, ref, session})
  return {...asked, liveness: 'dead', session, reason: deathReason(session), ...(postMortem && {postMortem})}
}
