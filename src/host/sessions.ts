import type {HostSessions} from '@gtown/sdk'
import {type AgentRef, agentOf} from '../supervisor/agent-ref.js'
import type {Services} from '../supervisor/services.js'

/** The host's session services. Each part is loaded on first use, because `status` needs neither start nor stop. */
export function hostSessions(
  services: Services,
  resolve: (address: string) => Promise<AgentRef>,
): HostSessions {
  return {
    start: async (role, ref, options) =>
      (await import('../supervisor/start.js')).start(services, agentOf(role, ref), options),
    stop: async (role, ref, options) =>
      (await import('../supervisor/stop.js')).stop(services, agentOf(role, ref), options),
    restart: async (role, ref, options) =>
      (await import('../supervisor/restart.js')).restart(services, agentOf(role, ref), options),
    processesOf: async (role, ref) =>
      (await import('../supervisor/processes-of.js')).processesOf(services, agentOf(role, ref)),
    stopAddress: async (address, options) => {
      const [agent, {end}] = await Promise.all([resolve(address), import('../supervisor/stop.js')])
      // The role's own variables are unknown here, so treat every environment value as a secret.
      return end(services, {...agent, role: {...agent.role, env: () => ({})}}, options)
    },
    revive: async (role, ref, options) =>
      (await import('../supervisor/revive.js')).revive(services, agentOf(role, ref), options),
    status: async (role, ref) =>
      (await import('../supervisor/status.js')).status(services, agentOf(role, ref)),
    fleetStatus: async (...args) => (await import('../supervisor/fleet.js')).fleetStatus(services, ...args),
    list: async (ref) => (await import('../supervisor/sessions-of.js')).sessionsOf(services, ref),
    attach: async (role, ref) => (await import('./attach.js')).attach(services, agentOf(role, ref)),
    checkAttach: async (role, ref, options) =>
      (await import('./attach.js')).checkAttach(services, agentOf(role, ref), options),
    peek: async (address, options) => {
      const [agent, {peek}] = await Promise.all([resolve(address), import('../supervisor/peek.js')])
      return peek(services, agent, options)
    },
  }
}
