import type {AgentState} from '@gtown/sdk'
import type {Verdict} from '../actions.js'
import type {MailMemory} from '../mail/mail-memory.js'
import type {ClockReading, ScreenMark} from '../signals.js'

/** Something that a person was told of, and that is not over yet. */
interface Incident {
  cause: string
  /** Patrol time. */
  since: number
}

/** Open incidents by key. */
export type Incidents = Readonly<Record<string, Incident>>

/** What is remembered of one life of a polecat. Moments are patrol time: see `PatrolState.now`. */
export interface PolecatMemory {
  /** Null where whoever spawned it wrote none. */
  incarnation: string | null
  /** The session as it was seen last, and null before one was seen. */
  session: {id: string; createdAt: number} | null
  verdict: Verdict | null
  verdictSince: number
  agent: 'alive' | 'gone' | 'unknown'
  agentSince: number
  /** When its agent was seen to have died; null when it was not seen to. */
  diedAt: number | null
  state: AgentState
  stateSince: number
  /** True once this session showed a prompt or worked. */
  promptSeen: boolean
  /** The newest activity that was no echo of a nudge. */
  progressAt: number | null
  cpuTicks: number | null
  /** Cycles in a row in which it used next to no CPU. */
  quietCycles: number
  /** Looks in a row that the agent did not answer. */
  failedProbes: number
  /** Its screen as it was seen last: by it a patrol of one cycle tells whether the agent answers. */
  screen: ScreenMark | null
  /** Cycles in a row in which a needed signal was unknown. */
  unknownCycles: number
  /** The id of the session that was seen to have no sandbox. */
  orphan: string | null
  /** Of this episode: from one progress to the next. */
  nudges: {count: number; lastAt: number | null; withDeadline: boolean}
  /** Of a usage limit: when it ends, and whether the worker was told that it is over. */
  limit: {endsAt: number | null; nudged: boolean} | null
  dialogTries: number
  /** When it was restarted; forgotten when it has been stable. */
  restarts: readonly number[]
  restartAllowedAt: number
  crashLooping: boolean
  incidents: Incidents
}

/** What one cycle leaves for the next. Losing it costs time, never work. */
export interface PatrolState {
  version: 1
  cycle: number
  clock: ClockReading
  /** Patrol time: milliseconds that have really passed since the first cycle, whatever became of the wall clock. */
  now: number
  /** When the clocks were last at odds; no age that was read from files reaches back further. */
  trustedSince: number | null
  incidents: Incidents
  polecats: Readonly<Record<string, PolecatMemory>>
  mail: MailMemory
}

/** What is known of a polecat that was never seen before. */
export function newMemory(incarnation: string | undefined, now: number): PolecatMemory {
  return {
    incarnation: incarnation ?? null,
    session: null,
    verdict: null,
    verdictSince: now,
    diedAt: null,
    orphan: null,
    restarts: [],
    restartAllowedAt: 0,
    crashLooping: false,
    unknownCycles: 0,
    incidents: {},
    ...newSessionMemory(now),
  }
}

/** What begins anew with every session of a polecat. */
export function newSessionMemory(now: number) {
  return {
    agent: 'unknown',
    agentSince: now,
    state: 'unknown',
    stateSince: now,
    promptSeen: false,
    progressAt: null,
    cpuTicks: null,
    quietCycles: 0,
    failedProbes: 0,
    screen: null,
    nudges: {count: 0, lastAt: null, withDeadline: false},
    limit: null,
    dialogTries: 0,
  } as const satisfies Partial<PolecatMemory>
}
