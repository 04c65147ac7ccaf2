import type {Action, Expectation, Verdict} from '../actions.js'
import type {SignalName} from '../signals.js'
import type {Situation} from './situation.js'

/** One row of the verdict table. */
export interface Row {
  row: string
  verdict: Verdict
  /** The signals behind the verdict, besides session and agent. */
  because: readonly SignalName[]
  fits: (situation: Situation) => boolean
  /** The proposed actions, before the rules of the whole rig apply. `[]` for none. */
  act: (situation: Situation) => readonly Action[]
}

export const nothing = () => []

/** What must be unchanged for an action that is decided now. */
export function expectationOf({signals}: Pick<Situation, 'signals'>): Expectation {
  const {incarnation, life, head} = signals
  return {incarnation, session: life && {id: life.id, createdAt: life.createdAt}, head}
}

/** Notifies a person. Each different value of `distinct`, such as a commit, makes a separate incident. */
export function raiseIncident(
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

/** A duration for people. */
export function formatDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${minutes} min`
}
