import type {Session} from './session.js'

export interface ReviveOptions {
  /** The incarnation to end first, if it still exists. */
  incarnation?: string
  /** Milliseconds within which the agent must be ready. */
  timeoutMs: number
  /** Aborts the start. The next watchdog cycle may try again. */
  signal?: AbortSignal
}

/** `not_desired`: the session was stopped on purpose or never started. Nothing was done. */
export type ReviveResult =
  | {outcome: 'revived'; session: Session; agent: string}
  | {outcome: 'already_running'; session: Session}
  | {outcome: 'not_desired'}
