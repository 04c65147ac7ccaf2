import type {HostNudges, Town} from '@gtown/sdk'
import type {AgentRef} from '../supervisor/agent-ref.js'
import type {Services} from '../supervisor/services.js'

/** Finds the agent or the town of a nudge. */
interface Book {
  resolve(address: string): Promise<AgentRef>
  findTown(): Promise<{town: Town}>
}

/** The host's nudge services. Each part is loaded on first use. */
export function hostNudges(services: Services, {resolve, findTown}: Book): HostNudges {
  return {
    send: async (address, text, options) => {
      const [agent, {nudge}] = await Promise.all([resolve(address), import('../nudge/nudge.js')])
      return nudge({...services, startDispatcher}, agent, {...options, text})
    },
    receipt: async (id) => {
      const [{town}, {findReceipt}] = await Promise.all([findTown(), import('../nudge/receipt.js')])
      return findReceipt(town, id, services.warn)
    },
    deliver: async (address) => {
      const [agent, {deliverWaiting}] = await Promise.all([resolve(address), import('../nudge/nudge.js')])
      return deliverWaiting(services, agent)
    },
  }
}

/** Runs in a process outside of any session and terminal, so that it survives both. */
async function startDispatcher(address: string): Promise<void> {
  const {startDispatcher: start} = await import('./start-dispatcher.js')
  await start(address)
}
