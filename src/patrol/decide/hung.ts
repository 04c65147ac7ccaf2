import type {Action} from '../actions.js'
import {restart} from './restart.js'
import {escalate, inWords} from './row.js'
import {isAlive, isQuietFor, quietFor, type Situation} from './situation.js'

/** States in which an agent should be doing something; in all others it waits for a person or a task. */
const WORKING = new Set(['starting', 'busy', 'shell', 'unknown'])

/** Row 19: silent to every look for a long time. */
export function isHung(situation: Situation): boolean {
  const {signals, memory, thresholds} = situation
  return (
    isAlive(situation) &&
    WORKING.has(signals.state.value) &&
    isQuietFor(situation, thresholds.hungAfter) &&
    memory.quietCycles >= thresholds.hungCycles &&
    memory.failedProbes >= thresholds.hungProbes
  )
}

/** What could speak against a restart, and must not be unknown. */
const NEEDED_TO_RESTART = ['state', 'doneIntent', 'stuck', 'probe'] as const

/** A restart only where the user asked for it, and never of an agent of which too little is known. */
export function reportHung(situation: Situation): readonly Action[] {
  const {signals, thresholds} = situation
  const told = escalate(situation, 'hung', `no sign of life for ${inWords(quietFor(situation) ?? 0)}`)
  const known = NEEDED_TO_RESTART.every((name) => signals[name].value !== 'unknown')
  const allowed = thresholds.restartHung && known && signals.work.value === 'open'
  return allowed ? [told, ...restart(situation)] : [told]
}
