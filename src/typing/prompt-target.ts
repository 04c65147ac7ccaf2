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

/** What typing is given by its host. */
export interface TypingServices {
  env: Readonly<Record<string, string | undefined>>
  /** What waits are measured by; the machine's where there is none. */
  timer?: Timer
}

/** One life of a session, and how it is looked at. */
export interface PromptTarget {
  services: TypingServices
  backend: Required<Pick<SessionBackend, 'type' | 'press'>> & SessionBackend
  /** This life of the session as it is now, with its view; undefined when it is over. */
  look(): Promise<Session | undefined>
  /** Type even while a person's terminal shows the session. */
  force: boolean
  /** A usage limit that is told above the prompt is over: what the prompt holds is what counts. */
  afterLimit: boolean
}

export type Attempt =
  | {outcome: 'delivered'}
  /** Nothing was typed; it may be tried again. */
  | {outcome: 'not_now'; reason: string}
  /** It was typed, and its Enter was not taken yet; `submit` goes on with it. */
  | {outcome: 'typed'; reason: string}
  /** It will not be delivered. The reason says whether anything was typed. */
  | {outcome: 'failed'; reason: string}

/** What one look at the agent showed. */
export interface Snapshot {
  session: Session
  reading: AgentReading
  view: TerminalView
}

/** A look that showed nothing: the session is over, or cannot be looked at just now. */
interface NoSnapshot {
  over: boolean
  reason: string
}

/** Whoever has typed before says more. */
export const OVER = 'its session ended before anything was typed'

/** Looks once. Rejects only for what nobody foresaw. */
export async function takeSnapshot({
  services,
  backend,
  look,
  afterLimit,
}: PromptTarget): Promise<Snapshot | NoSnapshot> {
  const unclear = {over: false, reason: `${backend.name} does not tell whether it lives`}
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

/** Why no key may be pressed, whatever the agent does; undefined when one may. */
export function obstacleIn({force}: PromptTarget, {session, view}: Snapshot): string | undefined {
  if (session.stopping) return 'its session is being stopped'
  if (view.inMode) return 'a person scrolls back in it'
  if (session.attached > 0 && !force) return "a person's terminal shows it (--force types all the same)"
  return undefined
}
