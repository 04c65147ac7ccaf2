import type {AgentReading} from './agent-state.js'
import type {RigRef} from './role.js'
import type {Liveness, Session} from './session.js'

/** One thing that is known, from whom, and since or as of when (milliseconds since the epoch). */
export interface Fact<Value extends string> {
  value: Value
  /** A backend's name, `system` for the system's process table, `start` for what the start of the session saw. */
  source: string
  at: number
}

/** What a status rests on, told apart. What is not known is left out. */
export interface SessionEvidence {
  session: Fact<'present' | 'absent'>
  /** The terminal of the agent: closed means that its program has ended. */
  terminal?: Fact<'open' | 'closed'>
  /** The agent's own process; `stopped` when a signal froze it. */
  process?: Fact<'running' | 'stopped' | 'ended'>
  /** Whether the agent was ever seen to be ready. */
  readiness?: Fact<'ready' | 'starting'>
}

/** What is true of one of many, or why that cannot be told. */
export type FleetEntry = {ref: RigRef; status: RoleStatus} | {ref: RigRef; error: unknown}

export interface RoleStatus {
  sessionName: string
  /** The name of the session backend that was asked. */
  backend: string
  /**
   * `absent`: there is no session. `outlived`: neither, but the agent's process lives on. `dead`: the session is
   * there, but its agent has ended. What cannot be told is an error.
   */
  liveness: Exclude<Liveness, 'unknown'> | 'absent' | 'outlived'
  evidence: SessionEvidence
  /** Present when alive or dead. */
  session?: Session
  /** What the agent is doing; present when alive. */
  reading?: AgentReading
  /** In one sentence, what the user should know of an agent that is dead, frozen, outlived, or being stopped. */
  reason?: string
  /** Absolute path of the file that keeps how the agent ended, where it is dead and the file could be written. */
  postMortem?: string
  /** Present from a start of it until a stop on purpose, whatever became of it: it should run. */
  desired?: 'running'
  workers: string[]
}
