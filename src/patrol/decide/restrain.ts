import {type Action, DESTRUCTIVE} from '../actions.js'
import {escalate, type Row} from './row.js'
import {isWatched, type Situation} from './situation.js'

/** What a row wants done for one polecat. */
export interface Proposal {
  situation: Situation
  row: Row
  actions: readonly Action[]
}

/**
 * The rules that stand above every row. A cycle in doubt only looks; nothing is ended under the eyes of a person, who
 * is told instead; and only so many restarts begin in one cycle.
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
  const told = escalate(
    situation,
    `${row.verdict}, attached`,
    `not done, since a terminal shows its session: ${ending.join(', ')}`,
  )
  return {...proposal, actions: [...actions.filter(({kind}) => !DESTRUCTIVE.has(kind)), told]}
}

/** Who has waited longest comes first. */
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
