import type {AgentReading} from './agent-state.js'
import type {RigRef} from './role.js'
import type {Liveness, Session} from './session.js'

/** A known fact, its source, and since when or as of when (milliseconds since the epoch). */
export interface Fact<Value extends string> {
  value: Value
  /** A backend's name, `system` for the process table, or `start` for the start of the session. */
  source: string
  at: number
}

/** The evidence for a status, by source. Unknown facts are absent. */
export interface SessionEvidence {
  session: Fact<'present' | 'absent'>
  /** The terminal of the agent. Closed means that its program has ended. */
  terminal?: Fact<'open' | 'closed'>
  /** The agent's process. `stopped`: frozen by a signal. */
  process?: Fact<'running' | 'stopped' | 'ended'>
  /** Whether the agent was ever ready. */
  readiness?: Fact<'ready' | 'starting'>
}

/** The status of one session of many, or why it is unknown. */
export type FleetEntry = {ref: RigRef; status: RoleStatus} | {ref: RigRef; error: unknown}

export interface RoleStatus {
  sessionName: string
  /** The name of its session backend. */
  backend: string
  /**
   * `absent`: there is no session. `outlived`: there is no session, but the agent's process still runs. `dead`: the
   * session exists, but its agent has ended. Unknown liveness is an error.
   */
  liveness: Exclude<Liveness, 'unknown'> | 'absent' | 'outlived'
  evidence: SessionEvidence
  /** Present when alive or dead. */
  session?: Session
  /** What the agent is doing. Present if alive. */
  reading?: AgentReading
  /** What the user should know about an agent that is dead, frozen, outlived or being stopped, in one sentence. */
  reason?: string
  /** Absolute path of the post-mortem. Present if the agent is dead and the file could be written. */
  postMortem?: string
  /** The session should run. Present from a start until a stop on purpose, even after a crash. */
  desired?: 'running'
  workers: string[]
}
