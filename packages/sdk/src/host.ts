import {API_VERSION} from './api-version.js'
import {GtError} from './errors.js'
import type {NudgeOptions, NudgeReceipt, Peek} from './nudge.js'
import type {ReviveOptions, ReviveResult} from './revive.js'
import type {Place} from './rig.js'
import type {Escalated, RigIncident, RigPatrol} from './rig-patrol.js'
import type {RigRef, RoleDefinition, RoleRef} from './role.js'
import type {FleetEntry, RoleStatus} from './role-status.js'
import type {SandboxRemoval, SandboxRemovalResult} from './sandbox-removal.js'
import type {Session} from './session.js'
import type {Style} from './style.js'

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

/**
 * What the host does for a plugin's command. Each method rejects with `SESSION_FOREIGN` rather than act on a
 * session that is not this town's, and with `BACKEND_UNAVAILABLE` when the truth cannot be told.
 */
export interface Host {
  readonly apiVersion: number
  /** Where the user stands. */
  place(): Place
  /** Finds a rig; it comes from the current directory when no name is given. */
  find(rigName?: string): Promise<RigRef>
  /** All rigs of the town of the current directory, by name. */
  rigs(): Promise<RigRef[]>
  /** Finds the town of the current directory. */
  findTown(): Promise<RoleRef>
  /** The roles of gt and of all plugins. */
  roles(): Promise<readonly RoleDefinition[]>
  /** Starts the session, and returns when its agent is ready. On failure nothing of it is left behind. */
  start(role: RoleDefinition, ref: RoleRef, options: StartOptions): Promise<StartResult>
  /**
   * Ends the session and all its processes, on purpose: it should not run any more. Idempotent. From inside that very session the command is run again
   * outside of it, and this call ends with the session.
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
  /** Shows the session in this terminal until the user detaches. */
  attach(role: RoleDefinition, ref: RoleRef): Promise<void>
  /** Rejects when `attach` cannot work here, before anything is started for it. */
  checkAttach(role: RoleDefinition, ref: RoleRef, backend?: string): Promise<void>
  /**
   * Looks at the session of an address (`rig/witness`, `rig/worker`, `deacon`) without touching it. Rejects with
   * `NOT_RUNNING` when there is none.
   */
  peek(address: string, options: {lines?: number | undefined}): Promise<Peek>
  /**
   * Gives the agent of an address a text, whole and once, when its prompt is empty and not before. What is not
   * delivered within the wait stays queued until it expires, and is delivered by a process of its own. Rejects, and
   * queues nothing, when the session does not run or the text cannot be given.
   */
  nudge(address: string, text: string, options: NudgeOptions): Promise<NudgeReceipt>
  /** What became of a nudge of this town. */
  nudgeReceipt(id: string): Promise<NudgeReceipt>
  /** Delivers what waits for an address, and returns when nothing does any more. */
  deliverNudges(address: string): Promise<void>
  /**
   * Removes a worker's worktree and its branch, provided that nothing in it would be lost: all is committed, and the
   * commits are at the origin by its own word. To be called when the processes in it have ended. Rejects with
   * `SANDBOX_CHANGED` when it changed while it was looked at.
   *
   * @returns why nothing is lost, and the refs that keep its commits; or what stands against it
   */
  removeSandbox(request: SandboxRemoval): Promise<SandboxRemovalResult>
  /** The sessions that this town's labels mark as the rig's. */
  sessionsOf(ref: RigRef): Promise<Session[]>
  /** What a rig's patrol has left. Rejects when the settings of the rig cannot be used. */
  patrolOf(ref: RigRef): Promise<RigPatrol>
  /** Tells an incident to whom the settings of the rig or the town name under `escalate`, and notes it. */
  escalate(ref: RigRef, incident: RigIncident): Promise<Escalated>
  /** Adds a line to the log of events of the town, with the rig's name in its payload where there is a rig. */
  note(role: RoleDefinition, ref: RoleRef, type: string, payload: Record<string, unknown>): Promise<void>
  /** Emphasis for text on stdout, decided once from the terminal and the environment. */
  style(): Promise<Style>
}

/** The part of an oclif config that is needed to reach the host. */
export interface HookRunner {
  runHook(
    event: 'gt:host',
    options: Record<string, never>,
  ): Promise<{successes: {result: unknown}[]; failures: {error: Error}[]}>
}

/**
 * The host's services, for a plugin's command: `const host = await hostOf(this.config)`.
 * Rejects when the command does not run inside gt, or inside a gt of another major version.
 */
export async function hostOf(config: unknown): Promise<Host> {
  const {successes, failures} = await (config as HookRunner).runHook('gt:host', {})
  const host = successes[0]?.result as Host | undefined
  if (!host) {
    throw new GtError('this command works only as part of gt', {code: 'NO_HOST', cause: failures[0]?.error})
  }
  if (host.apiVersion !== API_VERSION) {
    throw new GtError(
      `this plugin speaks version ${API_VERSION} of gt's contracts, this gt ${host.apiVersion}`,
      {
        code: 'API_VERSION',
        hint: 'Update the plugin or gt, so that both are of the same major version.',
      },
    )
  }
  return host
}
