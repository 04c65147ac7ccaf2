import {GtError, type Peek, type Session, type SessionBackend} from '@gtown/sdk'
import {observe} from '../typing/observe.js'
import type {AgentRef} from './agent-ref.js'
import {backendOf} from './backend-of.js'
import {ownSession} from './ownership.js'
import type {Services} from './services.js'

/**
 * Reads a session without changing it. Rejects if there is none, and if lines are asked for and its backend cannot
 * capture screens.
 */
export async function peek(
  services: Services,
  agent: AgentRef,
  options: {lines?: number | undefined},
): Promise<Peek> {
  const {backend, session} = await liveSession(services, agent)
  const {reading} = await observe(services, backend, session)
  const found = {address: agent.address, backend: backend.name, session, reading}
  if (options.lines === undefined) return found
  if (!backend.capture)
    throw new GtError(`sessions on ${backend.name} cannot be viewed`, {code: 'NOT_SUPPORTED'})
  return {...found, lines: await backend.capture(session, {lines: options.lines})}
}

/** The agent's session with its view, and its backend. Rejects if there is none. */
export async function liveSession(
  services: Services,
  agent: AgentRef,
): Promise<{backend: SessionBackend; session: Session}> {
  const {backend} = await backendOf(services, agent)
  const session = await ownSession(backend, agent, {view: true})
  if (session) return {backend, session}
  throw new GtError(`${agent.address} does not run: there is no session '${agent.sessionName}'`, {
    code: 'NOT_RUNNING',
  })
}
