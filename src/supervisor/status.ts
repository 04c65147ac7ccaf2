import type {AgentReading, Fact, RoleStatus, Session, SessionBackend, SessionEvidence} from '@gtown/sdk'
import type {AgentRef} from './agent-ref.js'
import {backendOf} from './backend-of.js'
import {deathReason} from './exit-words.js'
import {ownSession} from './ownership.js'
import type {PostMortemRole} from './post-mortem.js'
import type {Services} from './services.js'
import type {SessionRecord} from './session-record/read.js'

const STOPPING = 'a stop of it has begun and has not ended; stop it again, or start it afresh'
const FROZEN = 'its agent is frozen: a signal stopped it, and it does nothing until it is continued'

/**
 * What is true of an agent's session now. Costs one round trip to the backend; the first to notice a death reads the
 * screen, too, and keeps a post-mortem.
 */
export async function status(services: Services, agent: AgentRef<PostMortemRole>): Promise<RoleStatus> {
  const {backend, record} = await backendOf(services, agent)
  // What reads the screen is loaded while the backend answers.
  const [found, workers] = await Promise.all([
    ownSession(backend, agent, {view: true}),
    agent.rig?.workers() ?? [],
    import('../typing/observe.js'),
  ])
  const session = await withView(backend, found)
  return await statusOf(services, agent, {backend, record, session, workers})
}

/** Where another pane is in front, the view takes a round trip of its own. */
async function withView(backend: SessionBackend, session: Session | undefined): Promise<Session | undefined> {
  if (!session || session.view || session.liveness !== 'alive' || !backend.view) return session
  return {...session, view: await backend.view(session)}
}

/** What the backend and the record tell of a session. */
interface Answers {
  backend: SessionBackend
  record: SessionRecord | undefined
  /** Ours; undefined when there certainly is none. */
  session: Session | undefined
  workers: string[]
}

/** The same from what was found already: one round trip less. The agent's state is told only of a session with a view. */
export async function statusOf(
  services: Services,
  agent: AgentRef<PostMortemRole>,
  {backend, record, session, workers}: Answers,
): Promise<RoleStatus> {
  const asked = {
    sessionName: agent.sessionName,
    backend: backend.name,
    workers,
    ...(record?.desired && {desired: record.desired}),
  }
  const processState = backend.local ? services.processState : () => undefined
  const observation: Observation = {processState, source: backend.name, at: Date.now(), record}
  if (!session) return {...asked, ...withoutSession(observation)}
  if (session.liveness === 'unknown') throw (await import('./unknown-liveness.js')).unknownLiveness(session)
  const evidence = evidenceOf(observation, session)
  if (session.liveness === 'alive' && evidence.process?.value !== 'ended') {
    const reason = session.stopping ? STOPPING : evidence.process?.value === 'stopped' ? FROZEN : undefined
    const reading = await readingOf(services, backend, session)
    return {
      ...asked,
      liveness: 'alive',
      session,
      evidence,
      ...(reading && {reading}),
      ...(reason && {reason}),
    }
  }
  // What only a death needs is loaded only then.
  const {keepPostMortem} = await import('./post-mortem.js')
  const dead: Session = {...session, liveness: 'dead'}
  const postMortem = await keepPostMortem(services, agent, {backend, session: dead})
  return {
    ...asked,
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

/** One observation: whom it asks, when, and what was noted at the start. */
interface Observation {
  processState: Services['processState']
  source: string
  at: number
  record: SessionRecord | undefined
}

/** A backend that was killed may leave behind an agent that ignores the hang-up. */
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
  // Its number tells the agent only as long as the backend keeps it: afterwards it may be another's.
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
