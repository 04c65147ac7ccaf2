import type {Peek} from './nudge.js'
import type {ReviveOptions, ReviveResult} from './revive.js'
import type {RigRef, RoleDefinition, RoleRef} from './role.js'
import type {FleetEntry, RoleStatus} from './role-status.js'
import type {Session} from './session.js'

export interface StartOptions {
  /** The session backend to start it on, instead of the configured one. */
  backend?: string
  /** The agent to run instead of the configured one. */
  agent?: string
  /** Environment over everything else. */
  env?: Readonly<Record<string, string>>
  /**
   * Answer dialogs about the agent itself at its start, such as whether it may trust the folder; when absent, only for
   * an agent that is configured to work without questions.
   */
  acceptDialogs?: boolean
  /** Milliseconds within which the agent must be ready. */
  timeoutMs: number
  /** Ends the start; nothing of the session is left behind. */
  signal?: AbortSignal
}

export interface StopOptions {
  /** Milliseconds that the session's processes get to end by themselves, 0 for none; the role's own when absent. */
  graceMs?: number
  /** Ends the waiting of a call from inside the session; a stop that has begun goes on. */
  signal?: AbortSignal
}

/**
 * "Already running" is an outcome, not an error: the caller has what it asked for. `isFallback`: no agent is configured
 * and no AI program installed, so that the role's built-in agent was started.
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

/** Sessions, of the caller's role or of an address such as `rig/witness`, `rig/worker` or `deacon`. */
export interface HostSessions {
  /** Starts the session, and returns when its agent is ready. On failure nothing of it is left behind. */
  start(role: RoleDefinition, ref: RoleRef, options: StartOptions): Promise<StartResult>
  /**
   * Ends the session and all its processes, on purpose: it should not run any more. Idempotent. From inside that very
   * session the command is run again outside of it, and this call ends with the session.
   */
  stop(role: RoleDefinition, ref: RoleRef, options?: StopOptions): Promise<StopResult>
  /** Stop, then start; from inside the session as for `stop`. A stop that fails is a failure, and nothing is started. */
  restart(role: RoleDefinition, ref: RoleRef, options: StartOptions & StopOptions): Promise<RestartResult>
  /**
   * Ends the session of an address and all its processes, whatever its role, because it is no good: whether it should
   * run stays as it is. Otherwise as `stop`. `graceMs` is what they get to end by themselves, 0 for none.
   */
  stopAddress(address: string, options: {graceMs: number}): Promise<StopResult>
  /**
   * Starts a session again that should run: one that was started, and not stopped on purpose since. On the backend and
   * with the agent that its last start named. On failure nothing of it is left behind, and it still should run.
   */
  revive(role: RoleDefinition, ref: RoleRef, options: ReviveOptions): Promise<ReviveResult>
  /** What is true now. Changes nothing but this: the first to notice a death keeps a post-mortem of it. */
  status(role: RoleDefinition, ref: RoleRef): Promise<RoleStatus>
  /**
   * The same of a role's sessions in many rigs of one town, in their order: one round trip to the backend, however many.
   * What their agents are doing is not looked at. One that cannot be told takes no other down.
   */
  fleetStatus(role: RoleDefinition, refs: readonly RigRef[]): Promise<FleetEntry[]>
  /** The sessions that this town's labels mark as the rig's, of every role. */
  list(ref: RigRef): Promise<Session[]>
  /** Shows the session in this terminal until the user detaches. */
  attach(role: RoleDefinition, ref: RoleRef): Promise<void>
  /**
   * Rejects when `attach` cannot work here, before anything is started for it.
   *
   * @param options.backend the backend that it would be started on, instead of the configured one
   */
  checkAttach(role: RoleDefinition, ref: RoleRef, options?: {backend?: string}): Promise<void>
  /**
   * Looks at the session of an address without touching it. Rejects with `NOT_RUNNING` when there is none.
   *
   * @param options.lines the last lines of its screen; without it only what the agent is doing
   */
  peek(address: string, options: {lines?: number | undefined}): Promise<Peek>
}
