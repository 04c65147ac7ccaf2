import type {Thresholds} from '../settings/threshold-table.js'
import type {ClockReading} from '../signals.js'
import type {PatrolState} from './memory.js'

/** The time of a cycle. */
export interface CycleTime {
  /** Patrol time: see `PatrolState.now`. */
  now: number
  trustedSince: number | null
  /** Why durations cannot be trusted in this cycle. */
  doubt?: string
}

/**
 * Computes the patrol time from two clocks. Within one boot the monotonic clock measures the elapsed time; when the wall
 * clock disagrees, it was set, or the machine slept. After a reboot only the wall clock is left.
 */
export function cycleTimeOf(
  previous: PatrolState | undefined,
  clock: ClockReading,
  {clockTolerance}: Pick<Thresholds, 'clockTolerance'>,
): CycleTime {
  if (!previous) return {now: 0, trustedSince: null}
  const onWall = clock.wallMs - previous.clock.wallMs
  const rebooted = clock.bootId !== previous.clock.bootId
  const passed = Math.max(0, rebooted ? onWall : clock.monotonicMs - previous.clock.monotonicMs)
  const now = previous.now + passed
  if (rebooted) return {now, trustedSince: now, doubt: 'the machine was rebooted'}
  const jump = onWall - passed
  if (Math.abs(jump) <= clockTolerance) return {now, trustedSince: previous.trustedSince}
  return {now, trustedSince: now, doubt: `the clock jumped by ${Math.round(jump / 1000)} s`}
}

/** An age from files or other programs, limited to the time since which the wall clock can be trusted. */
export function credibleAge(ageMs: number, {now, trustedSince}: CycleTime): number {
  return Math.max(0, trustedSince === null ? ageMs : Math.min(ageMs, now - trustedSince))
}
