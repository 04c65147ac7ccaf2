import type {SignalName} from './signals.js'

export type Verdict =
  | 'skipped'
  | 'indeterminate'
  | 'mass event'
  | 'spawning'
  | 'exiting'
  | 'orphan session'
  | 'corrupt sandbox'
  | 'waiting for merge'
  | 'done, clean'
  | 'done, dirty'
  | 'crash-looping'
  | 'crashed'
  | 'stuck'
  | 'start blocked'
  | 'limited'
  | 'waiting for a person'
  | 'healthy'
  | 'idle, waiting'
  | 'lingering'
  | 'stalled'
  | 'hung'
  | 'unclear'

/** What has to be the same still, when it is read again right before a change is made. */
export interface Expectation {
  incarnation: string | undefined
  session: {id: string; createdAt: number} | undefined
  head: string | undefined
}

/** What a cycle means to do, as data. Whoever carries it out may do less, never more. */
export type Action =
  | {kind: 'none'; reason?: string}
  /** The cycle only looks; `withheld` names what it would have done. */
  | {kind: 'observe'; reason: string; withheld: readonly Action['kind'][]}
  /**
   * Typed only into an empty prompt, which is read again right before: whoever finds another one leaves it.
   * `deadlineMs`: how long the worker still has. `afterLimit`: a usage limit may be told above the prompt; it is over.
   */
  | {kind: 'nudge'; text: string; expect: Expectation; deadlineMs?: number; afterLimit?: boolean}
  /** `key` names the incident: the same key is the same incident. */
  | {kind: 'escalate'; cause: string; key: string; detail: string}
  | {kind: 'resolve'; cause: string; key: string}
  /** In the same sandbox and on the same branch; ends first what is left of the session. */
  | {kind: 'restart'; expect: Expectation; backoffMs: number}
  /** Ends the session with all its processes. */
  | {kind: 'end-session'; expect: Expectation}
  /** Removes the sandbox, once the destroy gate, computed anew, says safe. */
  | {kind: 'nuke'; expect: Expectation}
  /** Answers the dialog before the first prompt, as the session's start allowed. The screen is read before each key. */
  | {kind: 'press-dialog'; expect: Expectation}

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
