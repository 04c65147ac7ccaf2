import type {AgentReading} from './agent-state.js'
import type {Session} from './session.js'

/** What a session shows, and what its agent is doing. */
export interface Peek {
  /** The address in its full form. */
  address: string
  /** The name of the session backend that was asked. */
  backend: string
  session: Session
  reading: AgentReading
  /** The last lines of its screen; absent where only the state was asked for. */
  lines?: string[]
}

/**
 * - `queued`: it waits until the agent is idle
 * - `typing`: it is being given to the agent
 * - `delivered`: it has left the agent's prompt
 * - `expired`: it waited too long; nothing was typed
 * - `failed`: it will not be delivered; `reason` says why, and whether anything was typed
 */
export const NUDGE_STATES = ['queued', 'typing', 'delivered', 'expired', 'failed'] as const
export type NudgeState = (typeof NUDGE_STATES)[number]

/** What became of one nudge. */
export interface NudgeReceipt {
  id: string
  /** The address in its full form. */
  to: string
  session: string
  /** The life of the session that it was meant for: its successor never gets it. */
  incarnation: string
  state: NudgeState
  /** In one sentence, why it waits, or has failed. */
  reason?: string
  /** Times in milliseconds since the epoch. */
  queuedAt: number
  expiresAt: number
  /** When it came to its present state. */
  updatedAt: number
}

export interface NudgeOptions {
  /** Milliseconds to wait for the delivery. */
  waitMs: number
  /** Milliseconds after which it is not delivered any more. */
  expiresMs: number
  /** Type even while a person's terminal shows the session. */
  force: boolean
  /** Type although a usage limit is told above its empty prompt: the limit is over. */
  afterLimit?: boolean
  /** Ends the waiting; the nudge stays queued. */
  signal?: AbortSignal
}
