import type {RoleDefinition, RoleRef, StopResult} from '@gtown/sdk'
import {ownSession} from './ownership.js'
import type {Services} from './services.js'

/** Ends a role's session and everything in it. Idempotent. Rejects, naming the survivors, when something lives on. */
export async function stop(services: Services, role: RoleDefinition, ref: RoleRef): Promise<StopResult> {
  const sessionName = role.sessionName(ref)
  const backend = await services.backend()
  const session = await ownSession(backend, role, ref)
  if (!session) return {outcome: 'not_running', sessionName}
  const ended = await backend.stop(session, {graceMs: role.stopGraceMs})
  const ran = ended === 'stopped' && session.liveness !== 'dead'
  return {outcome: ran ? 'stopped' : 'not_running', sessionName}
}
