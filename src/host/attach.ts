import {GtError} from '@gtown/sdk'
import type {AgentRef} from '../supervisor/agent-ref.js'
import {backendOf, chooseBackend} from '../supervisor/backend-of.js'
import {ownSession} from '../supervisor/ownership.js'
import type {Services} from '../supervisor/services.js'

/** See `HostSessions.attach`. */
export async function attach(services: Services, agent: AgentRef): Promise<void> {
  const {backend} = await backendOf(services, agent)
  const session = await ownSession(backend, agent)
  if (!session) {
    throw new GtError(`session '${agent.sessionName}' ended before it could be attached`, {
      code: 'SESSION_LOST',
    })
  }
  await backend.attach?.(session)
}

/** See `HostSessions.checkAttach`. */
export async function checkAttach(
  services: Services,
  agent: AgentRef,
  {backend: requested}: {backend?: string} = {},
): Promise<void> {
  const {backend, record} = await backendOf(services, agent)
  const used = record ? backend : await chooseBackend(services, agent, requested)
  if (!used.attach) {
    throw new GtError(`sessions on ${used.name} cannot be attached`, {code: 'NOT_SUPPORTED'})
  }
  await used.checkAttach?.()
}
