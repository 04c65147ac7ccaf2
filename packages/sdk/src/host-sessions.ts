import type {Peek} from './nudge.js'
import type {ReviveOptions, ReviveResult} from './revive.js'
import type {RigRef, RoleDefinition, RoleRef} from './role.js'
import type {FleetEntry, RoleStatus} from './role-status.js'
import type {Session} from './session.js'

export interface StartOptions {
  /** The session backend to use, instead of the configured one. */
  backend?: string
  /** The agent to run instead of the configured one. */
  agent?: string
  /** Environment variables that override all others. */
  env?: Readonly<Record<string, string>>
  /**
   * Answer dialogs about the agent itself at its start, such as whether to trust the folder. Default: only for an
   * agent that is configured to work without asking.
   */
  acceptDialogs?: boolean
  /** Milliseconds within which the agent must be ready. */
  timeoutMs: number
  /** Aborts the start. Nothing of the session is left behind. */
  signal?: AbortSignal
}

export interface StopOptions {
  /** Milliseconds that the session's processes have to end by themselves; 0 for none. Default: the role's. */
  graceMs?: number
  /** Aborts the wait of a call from inside the session. A stop that has begun continues. */
  signal?: AbortSignal
}

/**
 * "Already running" is an outcome, not an error, because the caller has what it asked for. `isFallback`: the role's
 * built-in agent was started, because no agent is configured and no AI program is installed.
 */
export type StartResult =
  | {outcome: 'started'; session: Session; agent: string; isFallback: boolean}
  | {outcome: 'already_running'; session: Session}

export type StopResult = {outcome: 'stopped' | 'not_running'; sessionName: string}

export type RestartResult = {
  outcome: 'restarted'
  wasRunning: boolean
  session: Session
  agent: string
  isFallback: boolean
}

/** Sessions, by role or by an address such as `rig/witness`, `rig/worker` or `deacon`. */
export interface HostSessions {
  /** Starts the session and returns when its agent is ready. A failed start leaves nothing behind. */
  start(role: RoleDefinition, ref: RoleRef, options: StartOptions): Promise<StartResult>
  /**
   * Ends the session and all its processes on purpose: from now on it should not run. Idempotent. When called from
   * inside that session, the command runs again outside of it, and this call ends with the session.
   */
  stop(role: RoleDefinition, ref: RoleRef, options?: StopOptions): Promise<StopResult>
  /** Stops, then starts. From inside the session it behaves like `stop`. If the stop fails, nothing is started. */
  restart(role: RoleDefinition, ref: RoleRef, options: StartOptions & StopOptions): Promise<RestartResult>
  /**
   * The pids of the processes that `stop` would end now: those of the session, and strays of earlier ones. Changes
   * nothing. A pid may have been reused by the time the caller reads it.
   */
  processesOf(role: RoleDefinition, ref: RoleRef): Promise<ReadonlySet<number>>
  /**
   * Ends an unusable session, of any role, with all its processes. Unlike `stop`, it does not change whether the
   * session should run. `graceMs`: milliseconds that its processes have to end by themselves; 0 for none.
   */
  stopAddress(address: string, options: {graceMs: number}): Promise<StopResult>
  /**
   * Restarts a session that should run, that is, one that was started and not stopped on purpose since. Uses the
   * backend and the agent named at its last start. A failed start leaves nothing behind, and the session should still
   * run.
   */
  revive(role: RoleDefinition, ref: RoleRef, options: ReviveOptions): Promise<ReviveResult>
  /** The current status. Changes nothing, except that the first caller to notice a death writes a post-mortem. */
  status(role: RoleDefinition, ref: RoleRef): Promise<RoleStatus>
  /**
   * The status of a role's sessions in many rigs of one town, in order. One round trip to the backend, regardless of
   * their number. Does not read what the agents are doing. A session that cannot be checked gets an error of its own
   * and does not fail the others.
   */
  fleetStatus(role: RoleDefinition, refs: readonly RigRef[]): Promise<FleetEntry[]>
  /** The sessions of every role that are labelled as this rig's. */
  list(ref: RigRef): Promise<Session[]>
  /** Shows the session in this terminal until the user detaches. */
  attach(role: RoleDefinition, ref: RoleRef): Promise<void>
  /**
   * Rejects if `attach` cannot work here. Call it before starting a session to attach to.
   *
   * @param options.backend the backend that would be used, instead of the configured one
   */
  checkAttach(role: RoleDefinition, ref: RoleRef, options?: {backend?: string}): Promise<void>
  /**
   * Reads the session of an address without changing it. Rejects with `NOT_RUNNING` if there is none.
   *
   * @param options.lines number of screen lines to return; without it, only the agent's state
   */
  peek(address: string, options: {lines?: number | undefined}): Promise<Peek>
}
