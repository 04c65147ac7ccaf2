import type {Action} from '../actions.js'
import {isHung, reportHung} from './hung.js'
import {isLimited, nudgeAfterLimit, nudgeStalled} from './nudge.js'
import {expectationOf, nothing, type Row, raiseIncident} from './row.js'
import {
  agentFor,
  isAgentAlive,
  isAsking,
  isAtPrompt,
  isQuietFor,
  isWatched,
  type Situation,
  stateFor,
} from './situation.js'

/** Rows 12 to 19: the agent is alive. */
export const LIVING_ROWS: readonly Row[] = [
  {
    row: '12',
    verdict: 'stuck',
    because: ['stuck'],
    fits: (situation) => isAgentAlive(situation) && situation.signals.stuck.value === true,
    act: reportStuck,
  },
  {
    row: '13',
    verdict: 'start blocked',
    because: ['state', 'quiet'],
    fits: (situation) =>
      isAgentAlive(situation) &&
      agentFor(situation) > situation.thresholds.startBlockedAlive &&
      isQuietFor(situation, situation.thresholds.startBlockedQuiet) &&
      !situation.memory.promptSeen &&
      situation.signals.state.value === 'dialog',
    act: answerDialog,
  },
  {
    row: '13a',
    verdict: 'limited',
    because: ['state', 'work'],
    fits: (situation) => isAgentAlive(situation) && isLimited(situation),
    act: nudgeAfterLimit,
  },
  {
    row: '13b',
    verdict: 'waiting for a person',
    because: ['state', 'work'],
    fits: (situation) =>
      isAgentAlive(situation) &&
      isAsking(situation) &&
      stateFor(situation) >= situation.thresholds.askingAfter &&
      situation.signals.work.value === 'open',
    act: (situation) => {
      const question = situation.signals.state.detail ?? 'it asks for a decision'
      return [raiseIncident(situation, 'waiting for a person', question, question)]
    },
  },
  {
    row: '14',
    verdict: 'healthy',
    because: ['quiet'],
    fits: (situation) =>
      isAgentAlive(situation) &&
      situation.signals.quiet.value !== 'unknown' &&
      !isQuietFor(situation, situation.thresholds.quiet),
    act: nothing,
  },
  {
    row: '15',
    verdict: 'idle, waiting',
    because: ['state', 'work'],
    fits: (situation) =>
      isAgentAlive(situation) && isAtPrompt(situation) && situation.signals.work.value === 'none',
    act: nothing,
  },
  {
    row: '16',
    verdict: 'lingering',
    because: ['state', 'work', 'quiet'],
    fits: (situation) =>
      isAgentAlive(situation) &&
      situation.signals.state.value === 'idle' &&
      situation.signals.work.value === 'terminal' &&
      isQuietFor(situation, situation.thresholds.lingeringAfter),
    act: (situation) => [{kind: 'end-session', expect: expectationOf(situation)}],
  },
  {
    row: '17',
    verdict: 'stalled',
    because: ['state', 'work', 'quiet'],
    fits: (situation) =>
      isAgentAlive(situation) &&
      isAtPrompt(situation) &&
      situation.signals.work.value === 'open' &&
      isQuietFor(situation, situation.thresholds.quiet),
    act: nudgeStalled,
  },
  {
    row: '19',
    verdict: 'hung',
    because: ['state', 'quiet', 'cpu', 'probe'],
    fits: isHung,
    act: reportHung,
  },
]

function reportStuck(situation: Situation): readonly Action[] {
  const {source, detail = 'it says that it is stuck'} = situation.signals.stuck
  // A help request by message was already escalated when it was read.
  return source === 'message' ? [] : [raiseIncident(situation, 'stuck', detail)]
}

function answerDialog(situation: Situation): readonly Action[] {
  const {signals, memory, thresholds} = situation
  const isAllowed = signals.answerable === true && !isWatched(situation)
  if (isAllowed && memory.dialogTries < thresholds.dialogTries) {
    return [{kind: 'press-dialog', expect: expectationOf(situation)}]
  }
  return [raiseIncident(situation, 'start blocked', signals.state.detail ?? 'a dialog is open')]
}
