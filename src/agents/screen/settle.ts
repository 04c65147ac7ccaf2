import type {AgentState, StateEvidence} from '@gtown/sdk'

const waiting: ReadonlySet<AgentState> = new Set(['permission', 'question', 'dialog'])
const open: ReadonlySet<AgentState> = new Set([...waiting, 'menu', 'limit'])

/**
 * The state that the sources speak for together, the strongest first, the screen last; `unknown` where they
 * contradict each other.
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

/** Many agents look at rest while they work, and a person may type or open a list meanwhile. */
function busyAnd(weaker: AgentState): AgentState {
  if (waiting.has(weaker) || weaker === 'limit') return weaker
  return weaker === 'shell' ? 'unknown' : 'busy'
}

/** An agent that rests may show a draft, a list, a dialog or nothing yet. Whatever is open is never idle. */
function idleAnd(weaker: AgentState): AgentState {
  return weaker === 'draft' || weaker === 'starting' || open.has(weaker) ? weaker : 'unknown'
}

/** Both know that it waits, and the screen tells best for what. A prompt or work on the screen contradicts. */
function waitingAnd(stronger: AgentState, weaker: AgentState): AgentState {
  if (open.has(weaker)) return weaker
  return weaker === 'unknown' ? stronger : 'unknown'
}
