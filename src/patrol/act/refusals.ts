import type {Action} from '../actions.js'
import type {PolecatMemory, Refusal} from '../memory/memory.js'
import type {Carried} from '../report/report.js'

/** Kinds of actions that act on a worker. A notification that fails cannot be told to anybody. */
const ACTING: ReadonlySet<Action['kind']> = new Set([
  'nudge',
  'restart',
  'end-session',
  'nuke',
  'press-dialog',
])

/** The memory after a cycle's actions: counts the cycles in which the same action could not be carried out. */
export function withRefusal(memory: PolecatMemory, carried: readonly Carried[]): PolecatMemory {
  const tried = carried.filter(({action, outcome}) => outcome && ACTING.has(action.kind))
  const [first] = tried.filter(({outcome}) => outcome?.is !== 'done')
  if (!first) return tried.length === 0 ? memory : {...memory, refused: null}
  const {kind} = first.action
  const before = memory.refused?.kind === kind ? memory.refused : undefined
  return {...memory, refused: {kind, ...oneMore(before, first.outcome?.detail ?? 'no reason is known')}}
}

/** The refusal after one more cycle. */
export function oneMore(before: Refusal | undefined, reason: string): Refusal {
  return {cycles: (before?.cycles ?? 0) + 1, reason}
}
