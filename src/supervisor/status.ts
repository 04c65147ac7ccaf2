import type {AgentReading, Fact, RoleStatus, Session, SessionBackend, SessionEvidence} from '@gtown/sdk'
import type {AgentRef} from './agent-ref.js'
import {backendOf} from './backend-of.js'
import {deathReason} from './exit-words.js'
import {ownSession} from './ownership.js'
import type {PostMortemRole} from './post-mortem.js'
import type {Services} from './services.js'
import type {SessionRecord} from './session-record/read.js'

const STOPPING = 'its stop has begun but not finished; stop it again, or start it'
const FROZEN = 'its agent is frozen: a signal stopped it, and it does nothing until it gets SIGCONT'

/**
 * The current status of an agent's session. Costs one round trip to the backend. The first caller to notice a death
 * also captures the screen and writes a post-mortem.
 */
export async function status(services: Services, agent: AgentRef<PostMortemRole>): Promise<RoleStatus> {
  const {backend, record} = await backendOf(services, agent)
  // Load the screen reader while the backend answers.
  const [found, workers] = await Promise.all([
    ownSession(backend, agent, {view: true}),
    agent.rig?.workers() ?? [],
    import('../typing/observe.js'),
  ])
  const session = await withView(backend, found)
  return await statusOf(services, agent, {backend, record, session, workers})
}

/** Fetches the view if `inspect` could not include it, such as when another pane is in front. */
async function withView(backend: SessionBackend, session: Session | undefined): Promise<Session | undefined> {
  if (!session || session.view || session.liveness !== 'alive' || !backend.view) return session
  return {...session, view: await backend.view(session)}
}

/** What the backend and the record say about a session. */
interface Answers {
  backend: SessionBackend
  record: SessionRecord | undefined
  /** Verified as ours; undefined if there certainly is none. */
  session: Session | undefined
  workers: string[]
}

/**
 * Like `status`, from answers already at hand, which saves a round trip. Includes the agent's state only if the
 * session has a view.
 */
export async function statusOf(
  services: Services,
  agent: AgentRef<PostMortemRole>,
  {backend, record, session, workers}: Answers,
): Promise<RoleStatus> {
  const base = {
    sessionName: agent.sessionName,
    backend: backend.name,
    workers,
    ...(record?.desired && {desired: record.desired}),
  }
  const processState = backend.local ? services.processState : () => undefined
  const observation: Observation = {processState, source: backend.name, at: Date.now(), record}
  if (!session) return {...base, ...withoutSession(observation)}
  if (session.liveness === 'unknown') throw (await import('./unknown-liveness.js')).unknownLiveness(session)
  const evidence = evidenceOf(observation, session)
  if (session.liveness === 'alive' && evidence.process?.value !== 'ended') {
    const reason = session.stopping ? STOPPING : evidence.process?.value === 'stopped' ? FROZEN : undefined
    const reading = await readingOf(services, backend, session)
    return {
      ...base,
      liveness: 'alive',
      session,
      evidence,
      ...(reading && {reading}),
      ...(reason && {reason}),
    }
  }
  // Loaded only for a death.
  const {keepPostMortem} = await import('./post-mortem.js')
  const dead: Session = {...session, liveness: 'dead'}
  const postMortem = await keepPostMortem(services, agent, {backend, session: dead})
  return {
    ...base,
    liveness: 'dead',
    session: dead,
    evidence,
    reason: deathReason(dead),
    ...(postMortem && {postMortem}),
  }
}

async function readingOf(
  services: Services,
  backend: SessionBackend,
  session: Session,
): Promise<AgentReading | undefined> {
  if (!session.view && backend.view) return undefined
  return (await (await import('../typing/observe.js')).observe(services, backend, session)).reading
}

/** One observation: the sources asked, the time, and the record from the start. */
interface Observation {
  processState: Services['processState']
  source: string
  at: number
  record: SessionRecord | undefined
}

/** A killed backend may leave behind an agent that ignores SIGHUP. */
function withoutSession({processState, source, at, record}: Observation) {
  const session: Fact<'absent'> = {value: 'absent', source, at}
  const {pid, pidStart} = record ?? {}
  const state = pid && pidStart ? processState(pid, pidStart) : undefined
  if (state === undefined || state === 'ended') return {liveness: 'absent', evidence: {session}} as const
  const evidence: SessionEvidence = {session, process: {value: state, source: 'system', at}}
  const reason = `its session is gone, but its agent (pid ${pid}) lives on; start or stop ends it`
  return {liveness: 'outlived', evidence, reason} as const
}

function evidenceOf({processState, source, at, record}: Observation, session: Session): SessionEvidence {
  // The pid is reliable only while the backend keeps the process. Later it may belong to another one.
  const state = session.liveness === 'alive' ? processState(session.pid) : 'ended'
  const ofThisLife = record?.incarnation === session.incarnation ? record : undefined
  const readiness: Fact<'ready' | 'starting'> | undefined = ofThisLife && {
    source: 'start',
    ...(ofThisLife.readyAt
      ? {value: 'ready', at: ofThisLife.readyAt}
      : {value: 'starting', at: session.createdAt}),
  }
  return {
    session: {value: 'present', source, at},
    terminal: {value: session.liveness === 'alive' ? 'open' : 'closed', source, at},
    ...(state && {process: {value: state, source: session.liveness === 'alive' ? 'system' : source, at}}),
    ...(readiness && {readiness}),
  }
}
