import type {RoleDefinition, RoleRef, RoleStatus} from '@gtown/sdk'
import {exitWords} from './exit-words.js'
import {ownSession} from './ownership.js'
import type {Services} from './services.js'

/** What is true of a role's session now. Costs one round trip to the backend. */
export async function status(services: Services, role: RoleDefinition, ref: RoleRef): Promise<RoleStatus> {
  const sessionName = role.sessionName(ref)
  const backend = await services.backend()
  const [session, workers] = await Promise.all([ownSession(backend, role, ref), ref.rig.workers()])
  if (!session) return {sessionName, liveness: 'absent', workers}
  const reason = session.liveness === 'dead' ? `its agent ${exitWords(session.exit)}` : undefined
  return {sessionName, liveness: session.liveness, session, workers, ...(reason && {reason})}
}
