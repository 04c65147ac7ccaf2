import type {AgentReading} from './agent-state.js'
import {API_VERSION} from './api-version.js'
import {GtError} from './errors.js'
import type {NudgeOptions, NudgeReceipt, Peek} from './nudge.js'
import type {Place} from './rig.js'
import type {RigRef, RoleDefinition, RoleRef} from './role.js'
import type {Liveness, Session} from './session.js'
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
  workers: string[]
}

export interface SandboxRemoval {
  /** Absolute path of the worktree. */
  path: string
  /** The branch of the origin that the work began from, where it was not the default one. */
  base?: string
}

/** `unsafe`: work would be lost; `unknown`: it cannot be told. Both keep all of it. */
export type SandboxRemovalResult =
  | {outcome: 'removed'; evidence: readonly string[]; archived: readonly string[]}
  | {outcome: 'refused'; verdict: 'unsafe' | 'unknown'; reasons: readonly string[]}

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
  /** Starts the session, and returns when its agent is ready. On failure nothing of it is left behind. */
  start(role: RoleDefinition, ref: RoleRef, options: StartOptions): Promise<StartResult>
  /**
   * Ends the session and all its processes. Idempotent. From inside that very session the command is run again
   * outside of it, and this call ends with the session.
   */
  stop(role: RoleDefinition, ref: RoleRef, options?: StopOptions): Promise<StopResult>
  /** Stop, then start; from inside the session as for `stop`. A stop that fails is a failure, and nothing is started. */
  restart(role: RoleDefinition, ref: RoleRef, options: StartOptions & StopOptions): Promise<RestartResult>
  /**
   * Ends the session of an address and all its processes, whatever its role; otherwise as `stop`. `graceMs` is what
   * they get to end by themselves, 0 for none.
   */
  stopAddress(address: string, options: {graceMs: number}): Promise<StopResult>
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
