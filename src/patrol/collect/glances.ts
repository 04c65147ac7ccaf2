import {ErrorCode, type GtError, hasCode, isGtError, type Session, type TerminalView} from '@gtown/sdk'
import type {FoundSession} from './sessions.js'

/** What was seen of a terminal, and in which moment of its life. */
interface Glance {
  incarnation: string
  view: TerminalView
}

/** The terminals as they were seen last, by the session's name. */
export type Glances = Map<string, Glance>

/** A terminal tells its last activity in seconds: what came in the same one may not have been seen. */
const SETTLED_MS = 2000

/** What was seen of this life of the session, if nothing has appeared there since. */
export function stillSeen(glances: Glances, session: Session): TerminalView | undefined {
  const before = glances.get(session.name)
  const isUnchanged =
    before?.incarnation === session.incarnation && session.lastActivityAt + SETTLED_MS < before.view.at
  return isUnchanged ? before.view : undefined
}

/** Forgets sessions that are not listed any more; one that was only not listed is looked at anew. */
export function forgetOthers(glances: Glances, listed: readonly FoundSession[]): void {
  const names = new Set(listed.map(({session}) => session.name))
  for (const name of glances.keys()) if (!names.has(name)) glances.delete(name)
}

/** What sessions show, or why their backend does not tell. Who is missing has to be asked for alone. */
export type FreshViews = ReadonlyMap<Session, TerminalView | GtError>

/** The screens on which something may have appeared since they were seen last, in one round trip to each backend. */
export async function lookAtScreens(found: readonly FoundSession[], glances: Glances): Promise<FreshViews> {
  const fresh = new Map<Session, TerminalView | GtError>()
  const unseen = found.filter(({session}) => session.liveness === 'alive' && !stillSeen(glances, session))
  for (const [backend, of] of Map.groupBy(unseen, (one) => one.backend)) {
    const sessions = of.map(({session}) => session)
    const views = await backend.views?.(sessions).catch(unanswered)
    for (const session of sessions) {
      const view = isGtError(views) ? views : views?.get(session.name)
      if (view) fresh.set(session, view)
    }
  }
  return fresh
}

/** Asked one by one, a backend that gives no answer would hold up the cycle for each. */
function unanswered(error: unknown): GtError {
  if (hasCode(error, ErrorCode.backendUnavailable) && isGtError(error)) return error
  throw error
}
