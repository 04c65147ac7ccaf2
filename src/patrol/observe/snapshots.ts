import {hash} from 'node:crypto'
import {
  ErrorCode,
  type GtError,
  hasCode,
  isGtError,
  type RigRef,
  type Session,
  type TerminalView,
} from '@gtown/sdk'
import {workerSession} from '../../supervisor/worker-session.js'
import type {PatrolState} from '../memory/memory.js'
import type {ScreenMark} from '../signals.js'
import type {FoundSession} from './sessions.js'

/** What was seen of a terminal; without the view where an earlier patrol saw it. */
type Snapshot = ScreenMark & {view?: TerminalView}

/** The terminals as they were seen last, by the session's name. */
export type Snapshots = Map<string, Snapshot>

/** A terminal tells its last activity in seconds: what came in the same one may not have been seen. */
const SETTLED_MS = 2000

/** What was seen of this life of the session, if nothing has appeared there since. */
export function stillSeen(snapshots: Snapshots, session: Session): TerminalView | undefined {
  const before = snapshots.get(session.name)
  const isUnchanged =
    before?.incarnation === session.incarnation && session.lastActivityAt + SETTLED_MS < before.at
  return isUnchanged ? before.view : undefined
}

/** Notes what a session shows, and returns that with what was seen of the same life before. */
export function noteSnapshot(
  snapshots: Snapshots,
  {name, incarnation}: Session,
  view: TerminalView,
): {now: ScreenMark; before: ScreenMark | undefined} {
  const last = snapshots.get(name)
  const before = last?.incarnation === incarnation ? last : undefined
  const seen = before?.view === view ? before.hash : hash('sha256', view.styledRows.join('\n'), 'base64url')
  const now = {incarnation, hash: seen, at: view.at}
  snapshots.set(name, {...now, view})
  return {now, before}
}

/** What the patrol before has left, for one that has seen nothing itself yet. */
export function recallSnapshots(snapshots: Snapshots, ref: RigRef, state: PatrolState | undefined): void {
  if (snapshots.size > 0) return
  for (const [worker, {screen}] of Object.entries(state?.polecats ?? {})) {
    if (screen) snapshots.set(workerSession(worker).sessionName(ref), screen)
  }
}

/** Forgets sessions that are not listed any more; one that was only not listed is looked at anew. */
export function forgetOthers(snapshots: Snapshots, listed: readonly FoundSession[]): void {
  const names = new Set(listed.map(({session}) => session.name))
  for (const name of snapshots.keys()) if (!names.has(name)) snapshots.delete(name)
}

/** What sessions show, or why their backend does not tell. Missing sessions must be queried one by one. */
export type FreshViews = ReadonlyMap<Session, TerminalView | GtError>

/** The screens on which something may have appeared since they were seen last, in one round trip to each backend. */
export async function lookAtScreens(
  found: readonly FoundSession[],
  snapshots: Snapshots,
): Promise<FreshViews> {
  const fresh = new Map<Session, TerminalView | GtError>()
  const unseen = found.filter(({session}) => session.liveness === 'alive' && !stillSeen(snapshots, session))
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
