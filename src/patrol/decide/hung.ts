import type {Action} from '../actions.js'
import {restartOrWait} from './restart.js'
import {formatDuration, raiseIncident} from './row.js'
import {isAgentAlive, isQuietFor, quietFor, type Situation} from './situation.js'

/** States in which an agent should be active. In all others it waits for a person or a task. */
const WORKING = new Set(['starting', 'busy', 'shell', 'unknown'])

/** Row 19: no sign of life from any source for a long time. */
export function isHung(situation: Situation): boolean {
  const {signals, memory, thresholds} = situation
  return (
    isAgentAlive(situation) &&
    WORKING.has(signals.state.value) &&
    isQuietFor(situation, thresholds.hungAfter) &&
    memory.quietCycles >= thresholds.hungCycles &&
    memory.failedProbes >= thresholds.hungProbes
  )
}

/** Signals that could argue against a restart, and so must be known. */
const NEEDED_TO_RESTART = ['state', 'doneIntent', 'stuck', 'probe'] as const

/** Notifies a person. Restarts only if the settings allow it, and only when the needed signals are known. */
export function reportHung(situation: Situation): readonly Action[] {
  const {signals, thresholds} = situation
  const notification = raiseIncident(
    situation,
    'hung',
    `no sign of life for ${formatDuration(quietFor(situation) ?? 0)}`,
  )
  const known = NEEDED_TO_RESTART.every((name) => signals[name].value !== 'unknown')
  const allowed = thresholds.restartHung && known && signals.work.value === 'open'
  return allowed ? [notification, ...restartOrWait(situation)] : [notification]
}
