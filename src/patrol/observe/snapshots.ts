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

/** A snapshot of a terminal. It has no view when an earlier patrol took it. */
type Snapshot = ScreenMark & {view?: TerminalView}

/** The last snapshots by session name. */
export type Snapshots = Map<string, Snapshot>

/** Margin, since terminals report their last activity in whole seconds. */
const SETTLED_MS = 2000

/** The last view of this life of the session, if nothing has changed since. */
export function stillSeen(snapshots: Snapshots, session: Session): TerminalView | undefined {
  const before = snapshots.get(session.name)
  const isUnchanged =
    before?.incarnation === session.incarnation && session.lastActivityAt + SETTLED_MS < before.at
  return isUnchanged ? before.view : undefined
}

/** Stores a session's snapshot; returns its mark and the previous one of the same life. */
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

/** Loads the marks of the previous patrol, if this one has no snapshots yet. */
export function recallSnapshots(snapshots: Snapshots, ref: RigRef, state: PatrolState | undefined): void {
  if (snapshots.size > 0) return
  for (const [worker, {screen}] of Object.entries(state?.polecats ?? {})) {
    if (screen) snapshots.set(workerSession(worker).sessionName(ref), screen)
  }
}

/** Forgets sessions that are no longer listed. One that reappears gets a new snapshot. */
export function forgetOthers(snapshots: Snapshots, listed: readonly FoundSession[]): void {
  const names = new Set(listed.map(({session}) => session.name))
  for (const name of snapshots.keys()) if (!names.has(name)) snapshots.delete(name)
}

/** Current views, or the backend's error. Missing sessions must be queried one by one. */
export type FreshViews = ReadonlyMap<Session, TerminalView | GtError>

/** Reads the screens that may have changed since their last snapshot, with one round trip to each backend. */
export async function observeScreens(
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

/** The error for all sessions: querying a silent backend one by one would delay the cycle for each. */
function unanswered(error: unknown): GtError {
  if (hasCode(error, ErrorCode.backendUnavailable) && isGtError(error)) return error
  throw error
}
