import type {Proposal} from './restrain.js'
import {raiseIncident} from './row.js'

const NOT_DONE: Readonly<Record<string, string>> = {
  nudge: 'cannot be nudged',
  restart: 'cannot be restarted',
  'end-session': 'its session cannot be ended',
  nuke: 'cannot be put away',
  'press-dialog': 'its dialog cannot be answered',
}

/** Notifies a person of an action that could not be carried out for many cycles. It is tried all the same. */
export function raiseRefused(proposal: Proposal): Proposal {
  const {situation, row, actions} = proposal
  const {memory, thresholds} = situation
  const {refused, verdict} = memory
  if (!refused || verdict !== row.verdict || refused.cycles < thresholds.refusedCycles) return proposal
  const what = NOT_DONE[refused.kind ?? ''] ?? 'cannot be helped'
  return {
    ...proposal,
    actions: [...actions, raiseIncident(situation, `${verdict}, but ${what}`, refused.reason)],
  }
}
