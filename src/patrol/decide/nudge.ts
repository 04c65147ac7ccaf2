import type {Action} from '../actions.js'
import {whyOpen} from './reopened.js'
import {escalate, expectationOf, inWords} from './row.js'
import {isQuietFor, quietFor, type Situation, stateFor} from './situation.js'

/** Row 17: a word, a word with a deadline, a person. Only an empty prompt is typed into. */
export function nudgeStalled(situation: Situation): readonly Action[] {
  const {signals, memory, thresholds} = situation
  const quiet = quietFor(situation) ?? 0
  if (isQuietFor(situation, thresholds.escalateAfter)) {
    return [
      escalate(situation, 'stalled', `its work is open, and nothing has happened for ${inWords(quiet)}`),
    ]
  }
  if (signals.state.value !== 'idle') return [{kind: 'none', reason: 'its prompt is not empty'}]
  const late = isQuietFor(situation, thresholds.deadlineAfter)
  if (late ? memory.nudges.withDeadline : memory.nudges.count > 0) return []
  if (!mayNudge(situation)) return [{kind: 'none', reason: 'it was nudged a short time ago'}]
  return [
    late ? nudgeWithDeadline(situation, thresholds.escalateAfter - quiet) : nudge(situation, goOn(situation)),
  ]
}

/** Row 13a: one word when the limit is over; a person where no end is known, or the word did not help. */
export function nudgeAfterLimit(situation: Situation): readonly Action[] {
  const {signals, memory, time} = situation
  if (signals.work.value !== 'open') return []
  const {endsAt, nudged} = memory.limit ?? {endsAt: null, nudged: false}
  if (endsAt === null || nudged) return tellLongLimit(situation)
  if (endsAt > time.now) return [{kind: 'none', reason: `its limit ends in ${inWords(endsAt - time.now)}`}]
  if (signals.state.value === 'limit' && !signals.promptEmpty) {
    return [escalate(situation, 'limited', 'its usage limit is over, and a dialog is open')]
  }
  if (!mayNudge(situation)) return [{kind: 'none', reason: 'it was nudged a short time ago'}]
  return [{...nudge(situation, 'Your usage limit is over. Please go on with your task.'), afterLimit: true}]
}

function tellLongLimit(situation: Situation): readonly Action[] {
  const {signals, thresholds} = situation
  const isLong = signals.state.value === 'limit' && stateFor(situation) >= thresholds.limitEscalateAfter
  if (!isLong || !isLastNudgeLongAgo(situation)) return []
  return [escalate(situation, 'limited', signals.state.detail ?? 'it has stopped because of a usage limit')]
}

/** A limit holds until its end and one word after it, even where the prompt has come back meanwhile. */
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

function nudge(situation: Situation, text: string) {
  return {kind: 'nudge', text, expect: expectationOf(situation)} as const
}

function nudgeWithDeadline(situation: Situation, deadlineMs: number): Action {
  const text = `Your task is open, and nothing has happened for a while. Please go on, or run gt done; in ${inWords(deadlineMs)} a person will be told.`
  return {...nudge(situation, text), deadlineMs}
}
