import type {AgentReading} from './agent-state.js'
import type {Session} from './session.js'

/** A session's screen, and what its agent is doing. */
export interface Peek {
  /** The address in its full form. */
  address: string
  /** Name of the session backend. */
  backend: string
  session: Session
  reading: AgentReading
  /** The last lines of its screen; absent when only the state was requested. */
  lines?: string[]
}

/**
 * - `queued`: it waits until the agent is idle
 * - `typing`: it is being typed into the prompt
 * - `delivered`: it has left the agent's prompt
 * - `expired`: it waited too long; nothing was typed
 * - `failed`: it will not be delivered; `reason` says why, and whether anything was typed
 */
export const NUDGE_STATES = ['queued', 'typing', 'delivered', 'expired', 'failed'] as const
export type NudgeState = (typeof NUDGE_STATES)[number]

/** The receipt of one nudge. */
export interface NudgeReceipt {
  id: string
  /** The address in its full form. */
  to: string
  session: string
  /** The life of the session for which it is meant. A later life never gets it. */
  incarnation: string
  state: NudgeState
  /** Why it waits or has failed, in one sentence. */
  reason?: string
  /** Times in milliseconds since the epoch. */
  queuedAt: number
  expiresAt: number
  /** When its present state began. */
  updatedAt: number
}

export interface NudgeOptions {
  /** Milliseconds to wait for delivery. */
  waitMs: number
  /** Milliseconds after which it expires. */
  expiresMs: number
  /** Type even while a person watches the session. */
  force: boolean
  /** Type although a usage limit that is over is shown above the empty prompt. */
  afterLimit?: boolean
  /** Ends the wait. The nudge stays queued. */
  signal?: AbortSignal
}
