import type {Session} from '../session.js'
import type {ConformanceContext} from './conformance-case.js'
import {found} from './expect.js'

/** Waits until the backend reports that the session's program has ended, and returns the session. */
export function ended({backend, until}: ConformanceContext, {name}: Session): Promise<Session> {
  return until('the death of the program to be reported', async () => {
    const session = found(await backend.inspect(name))
    return session.liveness === 'dead' && session
  })
}
