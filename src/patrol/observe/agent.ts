import {type AgentReading, ErrorCode, hasCode, isGtError, type Session, type TerminalView} from '@gtown/sdk'
import {limitEnd} from '../../agents/screen/limit-end.js'
import {isShell} from '../../agents/screen/process.js'
import {answerTo} from '../../agents/start-dialogs.js'
import type {SessionRecord} from '../../supervisor/session-record/read.js'
import {acceptsDialogs} from '../../supervisor/session-spec.js'
import {observe} from '../../typing/observe.js'
import type {PatrolServices, ProcessUsage} from '../services.js'
import {known, unknown} from '../signal.js'
import type {PolecatSignals} from '../signals.js'
import type {FoundSession, SessionObservation} from './sessions.js'
import {type FreshViews, noteSnapshot, type Snapshots, stillSeen} from './snapshots.js'

/** The input of `observeAgent`. */
export interface AgentQuery {
  services: PatrolServices
  look: SessionObservation
  usage: ReadonlyMap<number, ProcessUsage> | undefined
  snapshots: Snapshots
  fresh: FreshViews
  now: number
}

export type AgentSignals = Pick<
  PolecatSignals,
  'session' | 'agent' | 'cpu' | 'state' | 'probe' | 'screen' | 'limitEndsInMs' | 'promptEmpty' | 'answerable'
>

/** Observes the signals S, A, C and P. */
export async function observeAgent(query: AgentQuery): Promise<AgentSignals> {
  const {look} = query
  if (look.is === 'unknown') return nothingKnown(look.detail)
  if (look.is === 'found') {
    try {
      return await observeSession(query, look.found)
    } catch (error) {
      if (!hasCode(error, ErrorCode.sessionLost) && !hasCode(error, ErrorCode.backendUnavailable)) throw error
      return nothingKnown(isGtError(error) ? error.message : '')
    }
  }
  const none = unknown('terminal', 'there is no session')
  const agent = outlived(query.services, look.record)
    ? known('alive' as const, 'process', 0, 'it outlived its session')
    : known('gone' as const, 'backend')
  return {session: known('absent', 'backend'), agent, cpu: none, state: none, probe: none}
}

function nothingKnown(detail: string): AgentSignals {
  const silent = unknown('backend', detail)
  return {session: silent, agent: silent, cpu: silent, state: silent, probe: silent}
}

function outlived({processState}: PatrolServices, record: SessionRecord | undefined): boolean {
  if (!record?.pid || !record.pidStart) return false
  const state = processState(record.pid, record.pidStart)
  return state !== undefined && state !== 'ended'
}

async function observeSession(query: AgentQuery, found: FoundSession): Promise<AgentSignals> {
  const {services, usage, now} = query
  const {backend, session} = found
  const source = backend.name
  const tree = usage?.get(session.pid)
  const cpu = tree ? known(tree.ticks, 'processes') : unknown('processes', 'the system does not provide it')
  const ageMs = now - session.createdAt
  if (session.liveness === 'unknown') {
    const silent = unknown(source, 'cannot tell whether its agent is alive')
    return {session: silent, agent: silent, cpu, state: silent, probe: silent}
  }
  const ended =
    session.liveness === 'dead' || (backend.local && services.processState(session.pid) === 'ended')
  if (ended) {
    const gone = known('gone' as const, source)
    return {
      session: known('pane dead', source),
      agent: gone,
      cpu,
      state: known('dead', source),
      probe: unknown('terminal', 'its agent has ended'),
    }
  }
  const {reading, ...look} = await read(query, found)
  const agent = isLeftShell(session, tree, reading)
    ? known('gone' as const, 'process', 0, 'only its shell is left')
    : known('alive' as const, source, ageMs)
  const state = stateOf(reading, now)
  const more = {...limitOf(reading, session, now), ...(await dialogOf(reading, session))}
  return {session: known('live', source), agent, cpu, state, ...look, ...more}
}

async function dialogOf(reading: AgentReading, session: Session): Promise<Pick<AgentSignals, 'answerable'>> {
  if (reading.state !== 'dialog') return {}
  const {kind = ''} = session.labels
  return {answerable: acceptsDialogs(session) && (await answerTo(kind, reading)) !== undefined}
}

/** Added to the end of a limit, since agents round to minutes and use another clock. */
const AFTER_LIMIT_MS = 60_000

/** The end of a usage limit. Its message was printed at the last activity, since a waiting agent prints nothing. */
function limitOf(
  {state, text = '', prompt}: AgentReading,
  {lastActivityAt}: Session,
  now: number,
): Pick<AgentSignals, 'limitEndsInMs' | 'promptEmpty'> {
  if (state !== 'limit') return {}
  const end = limitEnd(text, lastActivityAt)
  return {
    promptEmpty: prompt === 'idle',
    ...(end !== undefined && {limitEndsInMs: end + AFTER_LIMIT_MS - now}),
  }
}

/** True when the agent has ended and only its wrapper shell is left at a prompt. False for an agent that is a shell. */
function isLeftShell({labels}: Session, tree: ProcessUsage | undefined, {state}: AgentReading): boolean {
  if (tree === undefined || !isShell(tree.program) || tree.processes > 1) return false
  return !isShell(labels.kind ?? '') && (state === 'shell' || state === 'unknown')
}

async function read(
  {services, snapshots, fresh, now}: AgentQuery,
  {backend, session}: FoundSession,
): Promise<{reading: AgentReading} & Pick<AgentSignals, 'probe' | 'screen'>> {
  const view = stillSeen(snapshots, session) ?? (await viewOf(fresh, {backend, session}))
  const {reading} = await observe(services, backend, {...session, ...(view && {view})})
  if (!view) return {reading, probe: unknown(backend.name, 'it shows no screens')}
  const {now: screen, before} = noteSnapshot(snapshots, session, view)
  if (!before) return {reading, screen, probe: unknown('terminal', 'it was seen for the first time')}
  const probe = before.hash === screen.hash ? 'failed' : 'answered'
  return {reading, screen, probe: known(probe, 'terminal', now - before.at)}
}

async function viewOf(
  fresh: FreshViews,
  {backend, session}: FoundSession,
): Promise<TerminalView | undefined> {
  const view = fresh.get(session)
  if (isGtError(view)) throw view
  return view ?? (await backend.view?.(session))
}

function stateOf({state, evidence, text}: AgentReading, now: number): PolecatSignals['state'] {
  const [strongest] = evidence
  const source = strongest?.source ?? 'terminal'
  // Only the agent's own state has a time.
  const ageMs = strongest?.source === 'own' ? Math.max(0, now - strongest.at) : 0
  return state === 'unknown' ? unknown(source, text ?? '') : known(state, source, ageMs, text)
}
