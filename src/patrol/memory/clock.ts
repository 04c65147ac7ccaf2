import type {Thresholds} from '../settings/threshold-table.js'
import type {ClockReading} from '../signals.js'
import type {PatrolState} from './memory.js'

/** The time of a cycle, as it is counted on. */
export interface CycleTime {
  /** Patrol time: see `PatrolState.now`. */
  now: number
  trustedSince: number | null
  /** Why nothing may be done in this cycle that rests on how long something took. */
  doubt?: string
}

/**
 * What time it is, from two clocks. Within one boot the monotonic clock tells how much time passed; when the wall
 * clock tells something else it was set, or the machine slept. After a boot only the wall clock is left.
 */
export function tellTime(
  previous: PatrolState | undefined,
  clock: ClockReading,
  {clockTolerance}: Pick<Thresholds, 'clockTolerance'>,
): CycleTime {
  if (!previous) return {now: 0, trustedSince: null}
  const onWall = clock.wallMs - previous.clock.wallMs
  const rebooted = clock.bootId !== previous.clock.bootId
  const passed = Math.max(0, rebooted ? onWall : clock.monotonicMs - previous.clock.monotonicMs)
  const now = previous.now + passed
  if (rebooted) return {now, trustedSince: now, doubt: 'the machine was started anew'}
  const jump = onWall - passed
  if (Math.abs(jump) <= clockTolerance) return {now, trustedSince: previous.trustedSince}
  return {now, trustedSince: now, doubt: `the clock jumped by ${Math.round(jump / 1000)} s`}
}

/** An age that was read from files or other programs, as far back as the clock that it was told by can be trusted. */
export function credibleAge(ageMs: number, {now, trustedSince}: CycleTime): number {
  return Math.max(0, trustedSince === null ? ageMs : Math.min(ageMs, now - trustedSince))
}
