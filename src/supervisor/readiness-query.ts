import type {AgentPreset, Session, SessionBackend} from '@gtown/sdk'
import type {Services} from './services.js'

export type ReadinessServices = Pick<Services, 'env' | 'warn' | 'timer'>

/** The life whose agent is to become ready. */
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

/** What was seen so far of one start. */
export interface Watch {
  startedAt: number
  keys: number
  /** What the agent asks, and since when it has stood unchanged. */
  ask?: {words: string; since: number}
  /** The dialog that was confirmed, until it is gone. */
  confirmed?: string | undefined
  /** Since when each look has found an empty prompt. */
  restingSince?: number | undefined
}
