import type {Action} from '../actions.js'
import {expectationOf, formatDuration} from './row.js'
import type {Situation} from './situation.js'

/** A restart, or the reason why it has to wait. */
export function restartOrWait(situation: Situation): readonly Action[] {
  const {memory, time, thresholds} = situation
  const wait = memory.restartAllowedAt - time.now
  if (wait > 0) return [{kind: 'none', reason: `the next restart is allowed in ${formatDuration(wait)}`}]
  const backoffMs = Math.min(thresholds.backoffFirst * 2 ** memory.restarts.length, thresholds.backoffLongest)
  return [{kind: 'restart', expect: expectationOf(situation), backoffMs}]
}
