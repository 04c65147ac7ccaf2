import {GtError, type Peek, type Session, type SessionBackend} from '@gtown/sdk'
import {observe} from '../typing/observe.js'
import type {Target} from './address.js'
import {backendOf} from './backend-of.js'
import {ownSession} from './ownership.js'
import type {Services} from './services.js'

/** Looks at a session without touching it. Rejects when there is none, and when its backend shows no screens. */
export async function peek(
  services: Services,
  target: Target,
  options: {lines?: number | undefined},
): Promise<Peek> {
  const {backend, session} = await liveSession(services, target)
  const {reading} = await observe(services, backend, session)
  const found = {address: target.address, backend: backend.name, session, reading}
  if (options.lines === undefined) return found
  if (!backend.capture)
    throw new GtError(`sessions on ${backend.name} cannot be looked at`, {code: 'NOT_SUPPORTED'})
  return {...found, lines: await backend.capture(session, {lines: options.lines})}
}

/** The session of the address with its view, on the backend that it is on. Rejects when there is none. */
export async function liveSession(
  services: Services,
  {address, role, ref}: Target,
): Promise<{backend: SessionBackend; session: Session}> {
  const {backend} = await backendOf(services, role, ref)
  const session = await ownSession(backend, role, ref, {view: true})
  if (session) return {backend, session}
  throw new GtError(`${address} does not run: there is no session '${role.sessionName(ref)}'`, {
    code: 'NOT_RUNNING',
  })
}
