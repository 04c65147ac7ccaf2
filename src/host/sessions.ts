import type {HostSessions} from '@gtown/sdk'
import type {Target} from '../supervisor/address.js'
import type {Services} from '../supervisor/services.js'

/** The sessions of the host. Each part is loaded when it is first used: `status` needs neither start nor stop. */
export function hostSessions(
  services: Services,
  resolve: (address: string) => Promise<Target>,
): HostSessions {
  return {
    start: async (...args) => (await import('../supervisor/start.js')).start(services, ...args),
    stop: async (...args) => (await import('../supervisor/stop.js')).stop(services, ...args),
    restart: async (...args) => (await import('../supervisor/restart.js')).restart(services, ...args),
    stopAddress: async (address, options) => {
      const [{role, ref}, {end}] = await Promise.all([resolve(address), import('../supervisor/stop.js')])
      // Of a role that is known by its address only, every value of the environment may be a secret.
      return end(services, {...role, env: () => ({})}, ref, options)
    },
    revive: async (...args) => (await import('../supervisor/revive.js')).revive(services, ...args),
    status: async (...args) => (await import('../supervisor/status.js')).status(services, ...args),
    fleetStatus: async (...args) => (await import('../supervisor/fleet.js')).fleetStatus(services, ...args),
    list: async (ref) => (await import('../supervisor/sessions-of.js')).sessionsOf(services, ref),
    attach: async (...args) => (await import('./attach.js')).attach(services, ...args),
    checkAttach: async (...args) => (await import('./attach.js')).checkAttach(services, ...args),
    peek: async (address, options) => {
      const [target, {peek}] = await Promise.all([resolve(address), import('../supervisor/peek.js')])
      return peek(services, target, options)
    },
  }
}
