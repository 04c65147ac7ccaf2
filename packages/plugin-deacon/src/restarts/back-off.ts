import * as v from '@gtown/sdk/schema'
import {happened} from '../happened.js'

/** Keys of the original that gt does not know are kept. */
export const restartsFormat = v.pipe(
  v.openObject({
    last_restart: happened,
    /** Number of restarts since the agent was last stable. */
    restart_count: v.wholeNumber,
    backoff_until: happened,
    /** Present when the agent is no longer restarted. */
    crash_loop_since: happened,
  }),
  v.transform(v.withoutAbsent),
)

/** The restarts of one agent, with the keys of the file. */
export type Restarts = v.InferOutput<typeof restartsFormat>

const FIRST_MS = 30_000
const MAX_MS = 10 * 60_000
/** Maximum random addition to a back-off, so that agents that died together do not keep restarting together. */
const JITTER = 0.1
const MAX_RESTARTS = 5
/** Time without a restart after which an agent counts as stable, and its earlier restarts are forgotten. */
const STABLE_AFTER_MS = 30 * 60_000

export type Permission = {is: 'allowed'} | {is: 'too early'; waitMs: number} | {is: 'crash-looping'}

/** Whether an agent may be restarted now (milliseconds since the epoch). */
export function mayRestart(restarts: Restarts | undefined, now: number): Permission {
  if (!restarts) return {is: 'allowed'}
  if (restarts.crash_loop_since !== undefined) return {is: 'crash-looping'}
  if (isStable(restarts, now)) return {is: 'allowed'}
  if (restarts.restart_count >= MAX_RESTARTS) return {is: 'crash-looping'}
  const waitMs = timeOf(restarts.backoff_until) - now
  // A longer wait than possible means that the clock was set back.
  if (waitMs <= 0 || waitMs > MAX_MS) return {is: 'allowed'}
  return {is: 'too early', waitMs}
}

/** True when the agent was stable, so that its restarts can be forgotten while it runs. */
export function isStable({last_restart}: Restarts, now: number): boolean {
  return now - timeOf(last_restart) > STABLE_AFTER_MS
}

/**
 * The restarts of an agent after a restart now.
 *
 * @param random from 0 to 1
 */
export function afterRestart(before: Restarts | undefined, now: number, random: number): Restarts {
  const count = before && !isStable(before, now) ? before.restart_count : 0
  const backoff = Math.min(FIRST_MS * 2 ** count * (1 + random * JITTER), MAX_MS)
  return {
    ...before,
    last_restart: isoTime(now),
    restart_count: count + 1,
    backoff_until: isoTime(now + backoff),
  }
}

/** The restarts of an agent that is no longer restarted. */
export function asCrashLoop(restarts: Restarts, now: number): Restarts {
  return {...restarts, crash_loop_since: restarts.crash_loop_since ?? isoTime(now)}
}

const timeOf = (time: string | undefined) => (time === undefined ? 0 : Date.parse(time))
const isoTime = (at: number) => new Date(Math.round(at)).toISOString()
