import {AGENT_STATES} from '@gtown/sdk'
import * as v from '@gtown/sdk/schema'
import {VERDICTS} from '../actions.js'
import {mailMemory} from '../mail/mail-memory.js'

/** An open incident of which a person was notified. */
const incident = v.openObject({
  cause: v.text,
  /** Patrol time. */
  since: v.number,
})

/** Open incidents by key. */
const incidents = v.recordOf(incident)
export type Incidents = v.InferOutput<typeof incidents>

/** Something that could not be done. */
const refusal = v.openObject({
  /** Number of cycles in a row. */
  cycles: v.count,
  /** Why, at the last time. */
  reason: v.text,
  /** The kind of action; absent for a purge. */
  kind: v.exactOptional(v.text),
})
export type Refusal = v.InferOutput<typeof refusal>

const polecatMemory = v.openObject({
  /** Null when its spawn recorded none. */
  incarnation: v.nullable(v.text),
  /** The last seen session; null before one was seen. */
  session: v.nullable(v.openObject({id: v.text, createdAt: v.number})),
  verdict: v.nullable(v.wordOr(VERDICTS, null)),
  verdictSince: v.number,
  agent: v.wordOr(['alive', 'gone', 'unknown'], 'unknown'),
  agentSince: v.number,
  /** When the agent died; null unless its death was observed. */
  diedAt: v.nullable(v.number),
  state: v.wordOr(AGENT_STATES, 'unknown'),
  stateSince: v.number,
  /** True once this session showed a prompt or worked. */
  promptSeen: v.boolean(),
  /** The newest activity that was not an echo of a nudge. */
  progressAt: v.nullable(v.number),
  cpuTicks: v.nullable(v.number),
  /** Consecutive cycles with almost no CPU usage. */
  quietCycles: v.count,
  /** Consecutive snapshots without a change of the screen. */
  failedProbes: v.count,
  /** Fingerprint of the last seen screen, with which a patrol of a single cycle can compare. */
  screen: v.nullable(v.openObject({incarnation: v.text, hash: v.text, at: v.number})),
  /** Consecutive cycles in which a needed signal was unknown. */
  unknownCycles: v.count,
  /** Id of the session that was seen without a sandbox. */
  orphan: v.nullable(v.text),
  /** Nudges of this episode, which lasts from one progress to the next. */
  nudges: v.openObject({count: v.count, lastAt: v.nullable(v.number), withDeadline: v.boolean()}),
  /** A usage limit: when it ends, and whether the worker was nudged after its end. */
  limit: v.nullable(v.openObject({endsAt: v.nullable(v.number), nudged: v.boolean()})),
  dialogTries: v.count,
  /** Times of restarts, forgotten once the agent has been stable. */
  restarts: v.listOf(v.number),
  restartAllowedAt: v.number,
  crashLooping: v.boolean(),
  /** What could not be carried out in the last cycles; null if nothing of this verdict was refused. */
  refused: v.fallback(v.nullable(refusal), null),
  incidents,
})

/** Memory of one life of a polecat. Moments are in patrol time: see `PatrolState.now`. */
export type PolecatMemory = v.InferOutput<typeof polecatMemory>

/** The state file of this version. */
export const patrolState = v.openObject({
  version: v.literal(1),
  cycle: v.count,
  clock: v.openObject({wallMs: v.number, monotonicMs: v.number, bootId: v.text}),
  /** Patrol time: milliseconds elapsed since the first cycle, whatever the wall clock says. */
  now: v.number,
  /** When the clocks last disagreed. No age from files may reach back further. */
  trustedSince: v.nullable(v.number),
  incidents,
  polecats: v.recordOf(polecatMemory),
  mail: mailMemory,
  /** Sandboxes that could not be purged, by id. */
  purges: v.fallback(v.recordOf(refusal), {}),
})

/** The state that one cycle leaves for the next. Losing it costs time, never work. */
export type PatrolState = v.InferOutput<typeof patrolState>

/** The memory of a polecat that is seen for the first time. */
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
    refused: null,
    unknownCycles: 0,
    incidents: {},
    ...newSessionMemory(now),
  }
}

/** The part of the memory that starts afresh with every session. */
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
