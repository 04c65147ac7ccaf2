import {duration} from '../words.js'
import type {Observation, ObservedWitness} from './observation.js'

export const FINDINGS = [
  /** The rig is parked, docked or paused. */
  'skipped',
  'unknown',
  /** It is not running, and should not be. */
  'off',
  'well',
  /** Its last cycle is older than two intervals. */
  'late',
  'stopping',
  /** A stop of it began and did not finish. */
  'half stopped',
  'silent',
  'frozen',
  'gone',
] as const
export type Finding = (typeof FINDINGS)[number]

export interface Judgement {
  finding: Finding
  /** The reason in a few words. */
  detail?: string
}

const LATE_CYCLES = 2
const SILENT_CYCLES = 5
const HALF_STOPPED_AFTER_MS = 2 * 60_000

/**
 * What is wrong with a witness, according to an observation. A witness that should not be running is only described.
 *
 * @param unchangedMs milliseconds without a new cycle, by the monotonic clock
 */
export function judge(observation: Observation, unchangedMs: number): Judgement {
  if (observation.is === 'unknown') return {finding: 'unknown', detail: observation.why}
  const {standing, reason} = observation
  if (standing === 'unknown') return {finding: 'unknown', ...(reason !== undefined && {detail: reason})}
  if (standing !== 'operational')
    return {finding: 'skipped', detail: reason ? `${standing}: ${reason}` : standing}
  return observation.liveness === 'alive' ? judgeLiving(observation, unchangedMs) : judgeGone(observation)
}

function judgeGone({liveness, desired}: ObservedWitness): Judgement {
  if (!desired) return {finding: 'off'}
  const words = {
    absent: 'it has no session',
    dead: 'its agent has ended',
    outlived: 'its session is gone, but its agent still runs',
  }
  return {finding: 'gone', ...(liveness !== 'alive' && {detail: words[liveness]})}
}

function judgeLiving({stopping, frozen, patrol}: ObservedWitness, unchangedMs: number): Judgement {
  if (stopping) {
    if (unchangedMs < HALF_STOPPED_AFTER_MS) return {finding: 'stopping'}
    return {finding: 'half stopped', detail: 'its stop has begun but not finished'}
  }
  if (frozen) return {finding: 'frozen', detail: 'a signal stopped its process'}
  if (!patrol || unchangedMs < LATE_CYCLES * patrol.cycleMs) return {finding: 'well'}
  const detail = `no cycle has ended for ${duration(unchangedMs)}`
  return {finding: unchangedMs < SILENT_CYCLES * patrol.cycleMs ? 'late' : 'silent', detail}
}
