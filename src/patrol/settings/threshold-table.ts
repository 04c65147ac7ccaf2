/** What a threshold is measured in, and its value where nobody sets another. */
type Definition =
  | {kind: 'duration'; default: number}
  | {kind: 'count'; default: number}
  | {kind: 'switch'; default: boolean}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const duration = (ms: number) => ({kind: 'duration', default: ms}) as const
const count = (value: number) => ({kind: 'count', default: value}) as const
const off = {kind: 'switch', default: false} as const

/** Every threshold of the verdict table, and how often it is asked. Durations are milliseconds. */
export const THRESHOLD_TABLE = {
  /** From the beginning of one cycle to that of the next. */
  interval: duration(30 * SECOND),
  /** Cycles of not knowing before somebody is told. */
  indeterminateCycles: count(3),
  /** So many deaths in so short a time are one event, not many. */
  massEventDeaths: count(3),
  massEventWindow: duration(30 * SECOND),
  /** A rig of which half turned bad in one cycle is one event, too, from so many polecats on. */
  massEventHalfOf: count(2),
  spawnGrace: duration(5 * MINUTE),
  exitGrace: duration(MINUTE),
  orphanSessionAge: duration(5 * MINUTE),
  doneAfter: duration(10 * MINUTE),
  /** Keeps the sandbox of finished work instead of removing it. */
  keepDone: off,
  crashLoopCrashes: count(5),
  crashLoopWindow: duration(15 * MINUTE),
  backoffFirst: duration(30 * SECOND),
  backoffLongest: duration(10 * MINUTE),
  restartsPerCycle: count(2),
  forgetRestartsAfter: duration(30 * MINUTE),
  startBlockedAlive: duration(90 * SECOND),
  startBlockedQuiet: duration(MINUTE),
  dialogTries: count(2),
  askingAfter: duration(2 * MINUTE),
  /** Quiet for less is healthy; from here on an idle agent with open work is stalled. */
  quiet: duration(5 * MINUTE),
  deadlineAfter: duration(15 * MINUTE),
  escalateAfter: duration(30 * MINUTE),
  /** A usage limit of which no end is known, or that lasts after the word that it is over. */
  limitEscalateAfter: duration(6 * HOUR),
  nudgeSpacing: duration(10 * MINUTE),
  nudgesPerEpisode: count(3),
  /** What appears on the screen so soon after a nudge is taken for its echo. */
  nudgeEcho: duration(MINUTE),
  lingeringAfter: duration(15 * MINUTE),
  hungAfter: duration(30 * MINUTE),
  hungCycles: count(3),
  hungProbes: count(3),
  /** Ticks a cycle that a process without work uses all the same. */
  hungCpuTicks: count(10),
  restartHung: off,
  /** The clock on the wall and the one that only goes forward may differ by so much from cycle to cycle. */
  clockTolerance: duration(30 * SECOND),
} as const satisfies Record<string, Definition>

export type ThresholdName = keyof typeof THRESHOLD_TABLE

type ValueOf<Kind> = Kind extends 'switch' ? boolean : number

export type Thresholds = {
  readonly [Name in ThresholdName]: ValueOf<(typeof THRESHOLD_TABLE)[Name]['kind']>
}

export type ThresholdKind = Definition['kind']
