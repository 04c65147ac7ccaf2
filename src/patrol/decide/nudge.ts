import type {Action} from '../actions.js'
import {whyOpen} from './reopened.js'
import {expectationOf, formatDuration, raiseIncident} from './row.js'
import {isQuietFor, quietFor, type Situation, stateFor} from './situation.js'

/** Row 17: a nudge, then a nudge with a deadline, then a person. Nudges only an empty prompt. */
export function nudgeStalled(situation: Situation): readonly Action[] {
  const {signals, memory, thresholds} = situation
  const quiet = quietFor(situation) ?? 0
  if (isQuietFor(situation, thresholds.escalateAfter)) {
    return [
      raiseIncident(
        situation,
        'stalled',
        `its work is open, and nothing has happened for ${formatDuration(quiet)}`,
      ),
    ]
  }
  if (signals.state.value !== 'idle') return [{kind: 'none', reason: 'its prompt is not empty'}]
  const late = isQuietFor(situation, thresholds.deadlineAfter)
  if (late ? memory.nudges.withDeadline : memory.nudges.count > 0) return []
  if (!mayNudge(situation)) return [{kind: 'none', reason: 'it was nudged a short time ago'}]
  return [
    late
      ? nudgeWithDeadline(situation, thresholds.escalateAfter - quiet)
      : nudgeAction(situation, goOn(situation)),
  ]
}

/** Row 13a: one nudge when the limit is over; a person when no end is known, or when the nudge did not help. */
export function nudgeAfterLimit(situation: Situation): readonly Action[] {
  const {signals, memory, time} = situation
  if (signals.work.value !== 'open') return []
  const {endsAt, nudged} = memory.limit ?? {endsAt: null, nudged: false}
  if (endsAt === null || nudged) return raiseLongLimit(situation)
  if (endsAt > time.now)
    return [{kind: 'none', reason: `its limit ends in ${formatDuration(endsAt - time.now)}`}]
  if (signals.state.value === 'limit' && !signals.promptEmpty) {
    return [raiseIncident(situation, 'limited', 'its usage limit is over, and a dialog is open')]
  }
  if (!mayNudge(situation)) return [{kind: 'none', reason: 'it was nudged a short time ago'}]
  return [
    {...nudgeAction(situation, 'Your usage limit is over. Please go on with your task.'), afterLimit: true},
  ]
}

function raiseLongLimit(situation: Situation): readonly Action[] {
  const {signals, thresholds} = situation
  const isLong = signals.state.value === 'limit' && stateFor(situation) >= thresholds.limitEscalateAfter
  if (!isLong || !isLastNudgeLongAgo(situation)) return []
  return [
    raiseIncident(situation, 'limited', signals.state.detail ?? 'it has stopped because of a usage limit'),
  ]
}

/** A limit lasts until one nudge after its end, even if the prompt is back before that. */
export function isLimited({signals: {state, work}, memory: {limit}}: Situation): boolean {
  if (state.value === 'limit') return true
  const pending = limit !== null && limit.endsAt !== null && !limit.nudged
  return pending && state.value === 'idle' && work.value === 'open'
}

function mayNudge(situation: Situation): boolean {
  const {memory, thresholds} = situation
  return isLastNudgeLongAgo(situation) && memory.nudges.count < thresholds.nudgesPerEpisode
}

function isLastNudgeLongAgo({memory: {nudges}, time, thresholds}: Situation): boolean {
  return nudges.lastAt === null || time.now - nudges.lastAt >= thresholds.nudgeSpacing
}

const goOn = ({signals: {work}}: Situation) =>
  `Your task is still open${whyOpen(work)}. Please go on with it; if it is finished run gt done, and if you are stuck say so.`

function nudgeAction(situation: Situation, text: string) {
  return {kind: 'nudge', text, expect: expectationOf(situation)} as const
}

function nudgeWithDeadline(situation: Situation, deadlineMs: number): Action {
  const text = `Your task is open, and nothing has happened for a while. Please go on, or run gt done; in ${formatDuration(deadlineMs)} a person will be notified.`
  return {...nudgeAction(situation, text), deadlineMs}
}
