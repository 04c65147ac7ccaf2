import {GtError, type RoleDefinition, type RoleRef} from '@gtown/sdk'
import {backendOf, chooseBackend} from '../supervisor/backend-of.js'
import {ownSession} from '../supervisor/ownership.js'
import type {Services} from '../supervisor/services.js'

/** See `HostSessions.attach`. */
export async function attach(services: Services, role: RoleDefinition, ref: RoleRef): Promise<void> {
  const {backend} = await backendOf(services, role, ref)
  const session = await ownSession(backend, role, ref)
  if (!session) {
    throw new GtError(`session '${role.sessionName(ref)}' ended before it could be attached`, {
      code: 'SESSION_LOST',
    })
  }
  await backend.attach?.(session)
}

/** See `HostSessions.checkAttach`. */
export async function checkAttach(
  services: Services,
  role: RoleDefinition,
  ref: RoleRef,
  {backend: requested}: {backend?: string} = {},
): Promise<void> {
  const {backend, record} = await backendOf(services, role, ref)
  const used = record ? backend : await chooseBackend(services, ref, requested)
  if (!used.attach) {
    throw new GtError(`sessions on ${used.name} cannot be attached`, {code: 'NOT_SUPPORTED'})
  }
  await used.checkAttach?.()
}
