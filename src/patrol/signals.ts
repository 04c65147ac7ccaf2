import type {AgentState} from '@gtown/sdk'
import type {MailMemory} from './mail/mail-memory.js'

/** One observed fact. `unknown` means that it could not be determined, which is never the same as no. */
export interface Signal<Value> {
  value: Value | 'unknown'
  /** Its source, such as `tmux` or a file's path. */
  source: string
  /** Milliseconds since it became so, if the source knows; otherwise 0. */
  ageMs: number
  /** Details: the question on the screen, the gate's reasons, why it is unknown. */
  detail?: string
}

/** One life of a session. */
interface SessionLife {
  id: string
  incarnation: string
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Milliseconds since its creation. */
  ageMs: number
  /** True when the labels from its start name this town and rig. A name proves nothing. */
  ours: boolean
  /** Number of terminals that show it. */
  attached: number | 'unknown'
}

/** Fingerprint of a screen. */
export interface ScreenMark {
  /** The life of the session. */
  incarnation: string
  hash: string
  /** Milliseconds since the epoch. */
  at: number
}

/** Everything known about one polecat in one cycle. Capital letters are the signals' names in docs/patrol.md. */
export interface PolecatSignals {
  name: string
  /** Id of this life of the name; undefined when the spawn recorded none, or when it cannot be read. */
  incarnation: string | undefined
  branch: string | undefined
  head: string | undefined
  /** Present when S is live or pane dead. */
  life: SessionLife | undefined
  sandbox: Signal<'present' | 'absent' | 'broken'>
  /** Milliseconds since the start of its spawn. */
  spawned: Signal<number>
  /** S */
  session: Signal<'absent' | 'live' | 'pane dead'>
  /** A: its age is how long the agent has been running, or gone. */
  agent: Signal<'alive' | 'gone'>
  /** X: milliseconds since the newest sign of activity; the source names its kind. */
  quiet: Signal<number>
  /** C: CPU ticks used so far by the session's processes. */
  cpu: Signal<number>
  /** P: its age is how long the agent has been in this state; its detail is the question or dialog. */
  state: Signal<AgentState>
  /** For a dialog: true when the session's start allowed an answer, and gt knows the right one. */
  answerable?: boolean
  /** Milliseconds until a usage limit ends, negative after its end; undefined when the screen does not say. */
  limitEndsInMs?: number
  /** For a usage limit: true when it is shown above an empty prompt, which still accepts text. */
  promptEmpty?: boolean
  /** W */
  work: Signal<'open' | 'terminal' | 'none'>
  /** M */
  mergeRequest: Signal<'none' | 'open' | 'merged'>
  /** D: milliseconds since the worker reported done; `none` when it has not. */
  doneIntent: Signal<number | 'none'>
  /** G: the verdict of the removal gate, see `lookThroughGate`. */
  git: Signal<'safe' | 'unsafe'>
  /** Whether the worker reports that it is stuck. */
  stuck: Signal<boolean>
  /** Fingerprint of its screen, for a later patrol; undefined when it has shown none. */
  screen?: ScreenMark
  /** Whether the screen has changed since the last snapshot. Unknown without an earlier one. */
  probe: Signal<'answered' | 'failed'>
}

/** Names of the fields that are signals. */
export type SignalName = {
  [Name in keyof PolecatSignals]-?: PolecatSignals[Name] extends Signal<unknown> ? Name : never
}[keyof PolecatSignals]

export type Standing = 'operational' | 'parked' | 'docked' | 'paused' | 'shutting down'

/** The clocks at the start of a cycle. */
export interface ClockReading {
  /** Wall clock: milliseconds since the epoch. Can be set. */
  wallMs: number
  /** Milliseconds since an arbitrary moment of this boot. Monotonic; it stops while the machine sleeps. */
  monotonicMs: number
  /** Differs between two boots of the machine. */
  bootId: string
}

/** Everything known about a rig in one cycle, as plain data. */
export interface RigSignals {
  rig: string
  clock: ClockReading
  standing: Signal<Standing>
  polecats: readonly PolecatSignals[]
  /** What messages have reported, including those of this cycle. */
  mail: MailMemory
  /** The sandboxes that were put away. */
  removed: Signal<readonly RemovedFact[]>
}

/** What matters to a person of a sandbox that was put away. */
export interface RemovedFact {
  id: string
  worker: string
  /** Milliseconds since it was put away. */
  ageMs: number
  /** Why it may hold work that is nowhere else; empty if the removal gate called it safe. */
  reasons: readonly string[]
}
