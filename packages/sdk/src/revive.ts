import type {Session} from './session.js'

export interface ReviveOptions {
  /** The life of the session to end first, where it is still there. */
  incarnation?: string
  /** Milliseconds within which the agent must be ready. */
  timeoutMs: number
  /** Ends the start; it is tried again by whoever looks next. */
  signal?: AbortSignal
}

/** `not_desired`: it was stopped on purpose, or never started; nothing was done. */
export type ReviveResult =
  | {outcome: 'revived'; session: Session; agent: string}
  | {outcome: 'already_running'; session: Session}
  | {outcome: 'not_desired'}
