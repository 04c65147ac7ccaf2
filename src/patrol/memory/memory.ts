import {AGENT_STATES} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'
import {VERDICTS} from '../actions.js'
import {mailMemory} from '../mail/mail-memory.js'

/** Something that a person was told of, and that is not over yet. */
const incident = v.openObject({
  cause: v.text,
  /** Patrol time. */
  since: v.number,
})

/** Open incidents by key. */
const incidents = v.recordOf(incident)
export type Incidents = v.InferOutput<typeof incidents>

const polecatMemory = v.openObject({
  /** Null where whoever spawned it wrote none. */
  incarnation: v.nullable(v.text),
  /** The session as it was seen last, and null before one was seen. */
  session: v.nullable(v.openObject({id: v.text, createdAt: v.number})),
  verdict: v.nullable(v.wordOr(VERDICTS, null)),
  verdictSince: v.number,
  agent: v.wordOr(['alive', 'gone', 'unknown'], 'unknown'),
  agentSince: v.number,
  /** When its agent was seen to have died; null when it was not seen to. */
  diedAt: v.nullable(v.number),
  state: v.wordOr(AGENT_STATES, 'unknown'),
  stateSince: v.number,
  /** True once this session showed a prompt or worked. */
  promptSeen: v.boolean(),
  /** The newest activity that was no echo of a nudge. */
  progressAt: v.nullable(v.number),
  cpuTicks: v.nullable(v.number),
  /** Cycles in a row in which it used next to no CPU. */
  quietCycles: v.count,
  /** Looks in a row that the agent did not answer. */
  failedProbes: v.count,
  /** Its screen as it was seen last: by it a patrol of one cycle tells whether the agent answers. */
  screen: v.nullable(v.openObject({incarnation: v.text, hash: v.text, at: v.number})),
  /** Cycles in a row in which a needed signal was unknown. */
  unknownCycles: v.count,
  /** The id of the session that was seen to have no sandbox. */
  orphan: v.nullable(v.text),
  /** Of this episode: from one progress to the next. */
  nudges: v.openObject({count: v.count, lastAt: v.nullable(v.number), withDeadline: v.boolean()}),
  /** Of a usage limit: when it ends, and whether the worker was told that it is over. */
  limit: v.nullable(v.openObject({endsAt: v.nullable(v.number), nudged: v.boolean()})),
  dialogTries: v.count,
  /** When it was restarted; forgotten when it has been stable. */
  restarts: v.listOf(v.number),
  restartAllowedAt: v.number,
  crashLooping: v.boolean(),
  incidents,
})

/** What is remembered of one life of a polecat. Moments are patrol time: see `PatrolState.now`. */
export type PolecatMemory = v.InferOutput<typeof polecatMemory>

/** What this version of the patrol leaves in its file. */
export const patrolState = v.openObject({
  version: v.literal(1),
  cycle: v.count,
  clock: v.openObject({wallMs: v.number, monotonicMs: v.number, bootId: v.text}),
  /** Patrol time: milliseconds that have really passed since the first cycle, whatever became of the wall clock. */
  now: v.number,
  /** When the clocks were last at odds; no age that was read from files reaches back further. */
  trustedSince: v.nullable(v.number),
  incidents,
  polecats: v.recordOf(polecatMemory),
  mail: mailMemory,
})

/** What one cycle leaves for the next. Losing it costs time, never work. */
export type PatrolState = v.InferOutput<typeof patrolState>

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
