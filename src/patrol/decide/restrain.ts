import {type Action, DESTRUCTIVE} from '../actions.js'
import {type Row, raiseIncident} from './row.js'
import {isWatched, type Situation} from './situation.js'

/** The actions that a row proposes for one polecat. */
export interface Proposal {
  situation: Situation
  row: Row
  actions: readonly Action[]
}

/**
 * Rules that override every row. A cycle in doubt only observes. Nothing is ended while a terminal shows it; a person is
 * notified instead. The number of restarts per cycle is limited.
 */
export function restrain(proposals: readonly Proposal[], doubt: string | undefined): Proposal[] {
  if (doubt !== undefined) return proposals.map((proposal) => onlyObserve(proposal, doubt))
  return limitRestarts(proposals.map(spareWatched))
}

function onlyObserve(proposal: Proposal, reason: string): Proposal {
  const withheld = proposal.actions
    .map(({kind}) => kind)
    .filter((kind) => kind !== 'observe' && kind !== 'none')
  return {...proposal, actions: [{kind: 'observe', reason, withheld}]}
}

function spareWatched(proposal: Proposal): Proposal {
  const {situation, row, actions} = proposal
  const ending = actions.filter(({kind}) => DESTRUCTIVE.has(kind)).map(({kind}) => kind)
  if (ending.length === 0 || !isWatched(situation)) return proposal
  const notification = raiseIncident(
    situation,
    `${row.verdict}, attached`,
    `not done, since a terminal shows its session: ${ending.join(', ')}`,
  )
  return {...proposal, actions: [...actions.filter(({kind}) => !DESTRUCTIVE.has(kind)), notification]}
}

/** Those that have waited longest come first. */
function limitRestarts(proposals: readonly Proposal[]): Proposal[] {
  const restarting = proposals
    .filter(({actions}) => actions.some(({kind}) => kind === 'restart'))
    .sort((a, b) => a.situation.memory.agentSince - b.situation.memory.agentSince)
  const limit = proposals[0]?.situation.thresholds.restartsPerCycle ?? 0
  const late = new Set(restarting.slice(limit))
  return proposals.map((proposal) => (late.has(proposal) ? withoutRestart(proposal) : proposal))
}

function withoutRestart(proposal: Proposal): Proposal {
  const others = proposal.actions.filter(({kind}) => kind !== 'restart')
  const reason = 'enough restarts for one cycle'
  return {...proposal, actions: [...others, {kind: 'none', reason}]}
}
