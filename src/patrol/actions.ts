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

/** What has to be the same still, when it is read again right before a change is made. */
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
  /** The cycle only looks; `withheld` names what it would have done. */
  v.openObject({kind: v.literal('observe'), reason: v.text, withheld: v.listOf(v.picklist(KINDS))}),
  /** Typed only into an empty prompt, which is read again right before: whoever finds another one leaves it. */
  v.openObject({
    kind: v.literal('nudge'),
    text: v.text,
    expect,
    /** How long the worker still has. */
    deadlineMs: v.exactOptional(v.number),
    /** A usage limit may be told above the prompt; it is over. */
    afterLimit: v.exactOptional(v.boolean()),
  }),
  /** `key` names the incident: the same key is the same incident. */
  v.openObject({kind: v.literal('escalate'), cause: v.text, key: v.text, detail: v.text}),
  v.openObject({kind: v.literal('resolve'), cause: v.text, key: v.text}),
  /** In the same sandbox and on the same branch; ends first what is left of the session. */
  v.openObject({kind: v.literal('restart'), expect, backoffMs: v.number}),
  /** Ends the session with all its processes. */
  v.openObject({kind: v.literal('end-session'), expect}),
  /** Removes the sandbox, once the destroy gate, computed anew, says safe. */
  v.openObject({kind: v.literal('nuke'), expect}),
  /** Answers the dialog before the first prompt, as the session's start allowed. The screen is read before each key. */
  v.openObject({kind: v.literal('press-dialog'), expect}),
])

/** What a cycle means to do, as data. Whoever carries it out may do less, never more. */
export type Action = v.InferOutput<typeof actionFormat>

/** The actions that end or remove something. */
export const DESTRUCTIVE: ReadonlySet<Action['kind']> = new Set(['restart', 'end-session', 'nuke'])

/** What a verdict was told from. */
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
  /** The row of the table. */
  row: string
  verdict: Verdict
  evidence: readonly Evidence[]
  actions: readonly Action[]
}
