import type {Action, Expectation, Verdict} from '../actions.js'
import type {SignalName} from '../signals.js'
import type {Situation} from './situation.js'

/** One row of the verdict table. */
export interface Row {
  row: string
  verdict: Verdict
  /** What the verdict is told from, besides session and agent. */
  because: readonly SignalName[]
  fits: (situation: Situation) => boolean
  /** What should be done, before the rules of the whole rig are applied. Nothing is `[]`. */
  act: (situation: Situation) => readonly Action[]
}

export const nothing = () => []

/** The actions of a polecat that has to be what it was when it was judged. */
export function expectationOf({signals}: Pick<Situation, 'signals'>): Expectation {
  const {incarnation, life, head} = signals
  return {incarnation, session: life && {id: life.id, createdAt: life.createdAt}, head}
}

/** Tells a person. What follows the cause, such as a commit, makes another incident of it. */
export function escalate(
  {signals, memory}: Pick<Situation, 'signals' | 'memory'>,
  cause: string,
  detail: string,
  ...distinct: readonly (string | undefined)[]
): Action {
  const key = [signals.name, memory.incarnation ?? '-', cause, ...distinct.map((part) => part ?? '-')].join(
    ' | ',
  )
  return {kind: 'escalate', cause, key, detail}
}

/** How long, for a person to read. */
export function inWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${minutes} min`
}
