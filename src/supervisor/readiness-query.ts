import type {AgentPreset, Session, SessionBackend} from '@gtown/sdk'
import type {Services} from './services.js'

export type ReadinessServices = Pick<Services, 'env' | 'warn' | 'timer'>

/** The session whose agent should become ready. */
export interface ReadinessQuery {
  backend: SessionBackend
  session: Session
  /** The AI agent that was started. */
  chosen: {name: string; preset: AgentPreset}
  timeoutMs: number
  /** Answer dialogs about the agent itself, such as whether it may trust the folder. */
  acceptDialogs: boolean
  signal?: AbortSignal
}

/** What has been observed so far during one start. */
export interface Watch {
  startedAt: number
  keys: number
  /** The agent's current question, and since when it has been unchanged. */
  ask?: {words: string; since: number}
  /** The confirmed dialog, until it disappears. */
  confirmed?: string | undefined
  /** Since when every check has found the agent at rest. */
  restingSince?: number | undefined
}
