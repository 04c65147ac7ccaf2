import {
  type AgentReading,
  ErrorCode,
  hasCode,
  type Session,
  type SessionBackend,
  type TerminalView,
} from '@gtown/sdk'
import {observe} from './observe.js'
import type {Timer} from './timer.js'

/** The host's services for typing. */
export interface TypingServices {
  env: Readonly<Record<string, string | undefined>>
  /** Measures waits; by default the machine's timer. */
  timer?: Timer
}

/** The agent's prompt in one life of a session, and how to reach it. */
export interface PromptTarget {
  services: TypingServices
  backend: Required<Pick<SessionBackend, 'type' | 'press'>> & SessionBackend
  /** The current session with its view; undefined when this life of it is over. */
  look(): Promise<Session | undefined>
  /** Type even while a person's terminal shows the session. */
  force: boolean
  /** True when the usage limit shown above the prompt is over, so that the prompt decides the state. */
  afterLimit: boolean
}

export type Attempt =
  | {outcome: 'delivered'}
  /** Nothing was typed; it may be tried again. */
  | {outcome: 'not_now'; reason: string}
  /** It was typed, but not yet submitted; `submit` continues. */
  | {outcome: 'typed'; reason: string}
  /** It will not be delivered. The reason says whether anything was typed. */
  | {outcome: 'failed'; reason: string}

/** The agent's session, state and screen at one moment. */
export interface Snapshot {
  session: Session
  reading: AgentReading
  view: TerminalView
}

/** No snapshot: the session is over, or cannot be observed right now. */
interface NoSnapshot {
  over: boolean
  reason: string
}

/** Reason before anything was typed. Later steps give a more precise one. */
export const OVER = 'its session ended before anything was typed'

/** Observes the agent once. Rejects only for unexpected errors. */
export async function takeSnapshot({
  services,
  backend,
  look,
  afterLimit,
}: PromptTarget): Promise<Snapshot | NoSnapshot> {
  const unclear = {over: false, reason: `${backend.name} does not say whether it is alive`}
  try {
    const session = await look()
    if (session === undefined || session.liveness === 'dead') return {over: true, reason: OVER}
    if (session.liveness === 'unknown') return unclear
    const {reading, view} = await observe(services, backend, session)
    if (!view) return {over: false, reason: `${backend.name} shows no screens`}
    const state = (afterLimit && reading.prompt) || reading.state
    return {session, reading: {...reading, state}, view}
  } catch (error) {
    if (hasCode(error, ErrorCode.sessionLost)) return {over: true, reason: OVER}
    if (hasCode(error, ErrorCode.backendUnavailable)) return unclear
    throw error
  }
}

/** Why no key may be pressed, whatever the agent is doing; undefined when keys may be pressed. */
export function obstacleIn({force}: PromptTarget, {session, view}: Snapshot): string | undefined {
  if (session.stopping) return 'its session is being stopped'
  if (view.inMode) return 'a person is scrolling back in it'
  if (session.attached > 0 && !force) return "a person's terminal shows it (--force types anyway)"
  return undefined
}
