import type {AgentState, StateEvidence} from '@gtown/sdk'

const waiting: ReadonlySet<AgentState> = new Set(['permission', 'question', 'dialog'])
const open: ReadonlySet<AgentState> = new Set([...waiting, 'menu', 'limit'])

/**
 * The state that all sources support together; `unknown` when they contradict each other.
 *
 * @param evidence the strongest source first, the screen last
 */
export function settle(evidence: readonly StateEvidence[]): AgentState {
  const last = evidence.at(-1)?.state ?? 'unknown'
  return evidence.slice(0, -1).reduceRight((weaker, {state}) => settleTwo(state, weaker), last)
}

function settleTwo(stronger: AgentState, weaker: AgentState): AgentState {
  if (stronger === weaker) return stronger
  if (stronger === 'busy') return busyAnd(weaker)
  if (stronger === 'idle') return idleAnd(weaker)
  if (waiting.has(stronger)) return waitingAnd(stronger, weaker)
  return 'unknown'
}

/** Many agents look idle while they work, and a user may type or open a list meanwhile. */
function busyAnd(weaker: AgentState): AgentState {
  if (waiting.has(weaker) || weaker === 'limit') return weaker
  return weaker === 'shell' ? 'unknown' : 'busy'
}

/** An idle agent may show a draft, a list, a dialog or nothing yet. With anything open it does not count as idle. */
function idleAnd(weaker: AgentState): AgentState {
  return weaker === 'draft' || weaker === 'starting' || open.has(weaker) ? weaker : 'unknown'
}

/** Both sources say that it waits, and the screen knows best for what. A prompt or work on the screen contradicts. */
function waitingAnd(stronger: AgentState, weaker: AgentState): AgentState {
  if (open.has(weaker)) return weaker
  return weaker === 'unknown' ? stronger : 'unknown'
}
