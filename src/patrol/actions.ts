import * as v from '@gtown/sdk/schema'
import type {SignalName} from './signals.js'

export const VERDICTS = [
  'skipped',
  'indeterminate',
  'mass event',
  'spawning',
  'exiting',
  'orphan session',
  'corrupt sandbox',
  'waiting for merge',
  'done, clean',
  'done, dirty',
  'crash-looping',
  'crashed',
  'stuck',
  'start blocked',
  'limited',
  'waiting for a person',
  'healthy',
  'idle, waiting',
  'lingering',
  'stalled',
  'hung',
  'unclear',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** What must be unchanged when it is read again right before an action. */
export interface Expectation {
  incarnation: string | undefined
  session: {id: string; createdAt: number} | undefined
  head: string | undefined
}

const expect = v.pipe(
  v.objectOf({
    incarnation: v.optional(v.text),
    session: v.optional(v.objectOf({id: v.text, createdAt: v.number})),
    head: v.optional(v.text),
  }),
  v.transform(({incarnation, session, head}): Expectation => ({incarnation, session, head})),
)

const KINDS = [
  'none',
  'observe',
  'nudge',
  'escalate',
  'resolve',
  'restart',
  'end-session',
  'nuke',
  'press-dialog',
] as const

export const actionFormat = v.union([
  v.openObject({kind: v.literal('none'), reason: v.exactOptional(v.text)}),
  /** The cycle only observes; `withheld` names what it would have done. */
  v.openObject({kind: v.literal('observe'), reason: v.text, withheld: v.listOf(v.picklist(KINDS))}),
  /** Typed only into an empty prompt, which is read again right before. */
  v.openObject({
    kind: v.literal('nudge'),
    text: v.text,
    expect,
    /** Time left for the worker. */
    deadlineMs: v.exactOptional(v.number),
    /** The prompt may have a usage limit above it that is over. */
    afterLimit: v.exactOptional(v.boolean()),
  }),
  /** `key` identifies the incident. */
  v.openObject({kind: v.literal('escalate'), cause: v.text, key: v.text, detail: v.text}),
  v.openObject({kind: v.literal('resolve'), cause: v.text, key: v.text}),
  /** Restarts in the same sandbox and on the same branch, after ending what is left of the session. */
  v.openObject({kind: v.literal('restart'), expect, backoffMs: v.number}),
  /** Ends the session with all its processes. */
  v.openObject({kind: v.literal('end-session'), expect}),
  /** Removes the sandbox if the removal gate, run once more, says safe. */
  v.openObject({kind: v.literal('nuke'), expect}),
  /** Answers a dialog before the first prompt, if the session's start allowed it. Reads the screen before each key. */
  v.openObject({kind: v.literal('press-dialog'), expect}),
])

/** What a cycle decides to do, as data. Carrying it out may do less, but never more. */
export type Action = v.InferOutput<typeof actionFormat>

/** The actions that end or remove something. */
export const DESTRUCTIVE: ReadonlySet<Action['kind']> = new Set(['restart', 'end-session', 'nuke'])

/** A fact on which a verdict is based. */
export interface Evidence {
  signal: SignalName | 'standing'
  source: string
  value: string | number | boolean
  ageMs: number
  detail?: string
}

export interface PolecatDecision {
  name: string
  incarnation: string | undefined
  /** The matching row of the table. */
  row: string
  verdict: Verdict
  evidence: readonly Evidence[]
  actions: readonly Action[]
}
