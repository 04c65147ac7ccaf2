/** A threshold's kind, and its default value. */
type Definition =
  | {kind: 'duration'; default: number}
  | {kind: 'count'; default: number}
  | {kind: 'size'; default: number}
  | {kind: 'switch'; default: boolean}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const GB = 1024 ** 3

const duration = (ms: number) => ({kind: 'duration', default: ms}) as const
const count = (value: number) => ({kind: 'count', default: value}) as const
const size = (bytes: number) => ({kind: 'size', default: bytes}) as const
const off = {kind: 'switch', default: false} as const

/**
 * Every threshold of the verdict table, the interval of cycles, and how long is kept what was put away. Durations are
 * milliseconds, and sizes are bytes.
 */
export const THRESHOLD_TABLE = {
  /** From the start of one cycle to the start of the next. */
  interval: duration(30 * SECOND),
  /** Cycles with an unknown signal before a person is notified. */
  indeterminateCycles: count(3),
  /** This many deaths within the window are one mass event. */
  massEventDeaths: count(3),
  massEventWindow: duration(30 * SECOND),
  /** Half of a rig turning bad in one cycle is a mass event, too, if it is at least this many polecats. */
  massEventHalfOf: count(2),
  spawnGrace: duration(5 * MINUTE),
  exitGrace: duration(MINUTE),
  orphanSessionAge: duration(5 * MINUTE),
  doneAfter: duration(10 * MINUTE),
  /** Keeps the sandbox of finished work instead of removing it. */
  keepDone: off,
  /** Days that a sandbox is kept after it was put away. One with work that is nowhere else is kept until a user ends it. */
  keepRemovedDays: count(14),
  /** Bytes of sandboxes that are kept for less than that; never more than a tenth of the disk. */
  keepRemovedSize: size(20 * GB),
  /** With less free disk than this, or than a tenth of it if that is less, they are kept for an hour only. */
  keepFreeDisk: size(5 * GB),
  /** Days that the commits of a sandbox are kept after it was put away, even if it is purged. */
  keepCommitsDays: count(90),
  /** Cycles in a row in which an action could not be carried out before a person is notified. */
  refusedCycles: count(6),
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
  /** Up to this a quiet agent is healthy. Beyond, an idle agent with open work is stalled. */
  quiet: duration(5 * MINUTE),
  deadlineAfter: duration(15 * MINUTE),
  escalateAfter: duration(30 * MINUTE),
  /** For a usage limit without a known end, or one that lasts after the nudge at its end. */
  limitEscalateAfter: duration(6 * HOUR),
  nudgeSpacing: duration(10 * MINUTE),
  nudgesPerEpisode: count(3),
  /** Screen changes within this time after a nudge count as its echo. */
  nudgeEcho: duration(MINUTE),
  lingeringAfter: duration(15 * MINUTE),
  hungAfter: duration(30 * MINUTE),
  hungCycles: count(3),
  hungProbes: count(3),
  /** CPU ticks per cycle that even an idle process uses. */
  hungCpuTicks: count(10),
  restartHung: off,
  /** Tolerated difference between wall clock and monotonic clock from cycle to cycle. */
  clockTolerance: duration(30 * SECOND),
} as const satisfies Record<string, Definition>

export type ThresholdName = keyof typeof THRESHOLD_TABLE

type ValueOf<Kind> = Kind extends 'switch' ? boolean : number

export type Thresholds = {
  readonly [Name in ThresholdName]: ValueOf<(typeof THRESHOLD_TABLE)[Name]['kind']>
}

export type ThresholdKind = Definition['kind']
