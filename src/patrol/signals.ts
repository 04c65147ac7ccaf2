import type {AgentState} from '@gtown/sdk'
import type {MailMemory} from './mail/mail-memory.js'

/** One fact as somebody found it out; `unknown` when it could not be told, which is never the same as no. */
export interface Signal<Value> {
  value: Value | 'unknown'
  /** Where it was read, such as `tmux` or a file's path. */
  source: string
  /** Milliseconds for which it has been so, as far as the source tells; 0 where it tells only what is now. */
  ageMs: number
  /** In words: the question on the screen, the reasons of the git gate, why it is unknown. */
  detail?: string
}

/** One life of a session, and who looks at it. */
interface SessionLife {
  id: string
  incarnation: string
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Milliseconds since it was made. */
  ageMs: number
  /** True when the labels written at its birth name this town and this rig; a name says nothing. */
  ours: boolean
  /** How many terminals show it. */
  attached: number | 'unknown'
}

/** Tells one screen from another. */
export interface ScreenMark {
  /** The life of the session. */
  incarnation: string
  hash: string
  /** Milliseconds since the epoch. */
  at: number
}

/** All that is known of one polecat in one cycle. */
export interface PolecatSignals {
  name: string
  /** The id of this life of the name; undefined where whoever spawned it wrote none, or where it cannot be read. */
  incarnation: string | undefined
  branch: string | undefined
  head: string | undefined
  /** Present with S live or pane dead. */
  life: SessionLife | undefined
  sandbox: Signal<'present' | 'absent' | 'broken'>
  /** Milliseconds since its spawn began. */
  spawned: Signal<number>
  /** S */
  session: Signal<'absent' | 'live' | 'pane dead'>
  /** A: its age is the time for which the agent has run, or has been gone. */
  agent: Signal<'alive' | 'gone'>
  /** X: milliseconds since the newest sign of activity; the source says of which kind it was. */
  quiet: Signal<number>
  /** C: the ticks that the processes of the session have used so far. */
  cpu: Signal<number>
  /** P: its age is the time for which it has been in this state; its detail is the question or dialog. */
  state: Signal<AgentState>
  /** With a dialog: true where the session's start allowed an answer, and the one that is meant is known. */
  answerable?: boolean
  /** Milliseconds until a usage limit ends, negative afterwards; undefined where the screen does not say. */
  limitEndsInMs?: number
  /** With a usage limit: true where it is told above an empty prompt, which takes a text all the same. */
  promptEmpty?: boolean
  /** W */
  work: Signal<'open' | 'terminal' | 'none'>
  /** M */
  mergeRequest: Signal<'none' | 'open' | 'merged'>
  /** D: milliseconds since the worker said that it is done; `none` when it has not. */
  doneIntent: Signal<number | 'none'>
  /** G: see `lookThroughGate`. */
  git: Signal<'safe' | 'unsafe'>
  /** Whether the worker says of itself that it is stuck. */
  stuck: Signal<boolean>
  /** What its screen was like, for a later patrol to compare; undefined where it has shown none. */
  screen?: ScreenMark
  /** Whether the agent answered a look that changes nothing. Unknown in a cycle that did not ask. */
  probe: Signal<'answered' | 'failed'>
}

/** The signals of a polecat that have a value, a source and an age. */
export type SignalName = {
  [Name in keyof PolecatSignals]-?: PolecatSignals[Name] extends Signal<unknown> ? Name : never
}[keyof PolecatSignals]

export type Standing = 'operational' | 'parked' | 'docked' | 'paused' | 'shutting down'

/** The clocks as they were read at the beginning of a cycle. */
export interface ClockReading {
  /** Milliseconds since the epoch. Can be set by anybody. */
  wallMs: number
  /** Milliseconds since some moment of this boot. Only goes forward, and stands still while the machine sleeps. */
  monotonicMs: number
  /** Differs between two boots of the machine. */
  bootId: string
}

/** All that is known of a rig in one cycle. Plain data. */
export interface RigSignals {
  rig: string
  clock: ClockReading
  standing: Signal<Standing>
  polecats: readonly PolecatSignals[]
  /** What messages said so far, this cycle's included. */
  mail: MailMemory
}
