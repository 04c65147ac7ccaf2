import type {AgentRef} from './agent-ref.js'
import {backendOf} from './backend-of.js'
import {ownSession} from './ownership.js'
import type {Services} from './services.js'
import {markerPrefix, sessionMarker} from './session-spec.js'

/** See `HostSessions.processesOf`. */
export async function processesOf(services: Services, agent: AgentRef): Promise<ReadonlySet<number>> {
  const {backend} = await backendOf(services, agent)
  const session = await ownSession(backend, agent)
  const target = session && {
    // The pid of a process that has ended may be another process by now.
    roots: session.liveness === 'dead' ? [] : [session.pid],
    marker: sessionMarker(agent, session.incarnation),
  }
  return await services.sessionProcesses(target, markerPrefix(agent))
}
