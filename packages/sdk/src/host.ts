import {API_VERSION} from './api-version.js'
import {GtError} from './errors.js'
import type {HostSessions} from './host-sessions.js'
import type {NudgeOptions, NudgeReceipt} from './nudge.js'
import type {Place} from './rig.js'
import type {Escalated, RigIncident, RigPatrol} from './rig-patrol.js'
import type {RigRef, RoleDefinition, RoleRef} from './role.js'
import type {SandboxRemoval, SandboxRemovalResult} from './sandbox-removal.js'
import type {Style} from './style.js'

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
  /** Finds the town of the current directory. */
  findTown(): Promise<RoleRef>
  /** All rigs of the town of the current directory, by name. */
  rigs(): Promise<RigRef[]>
  /** The roles of gt and of all plugins. */
  roles(): Promise<readonly RoleDefinition[]>
  /** Emphasis for text on stdout, decided once from the terminal and the environment. */
  style(): Promise<Style>
  readonly sessions: HostSessions
  readonly nudges: HostNudges
  readonly patrol: HostPatrol
  readonly workers: HostWorkers
  readonly events: HostEvents
}

/** Texts for agents. */
export interface HostNudges {
  /**
   * Gives the agent of an address a text, whole and once, when its prompt is empty and not before. What is not
   * delivered within the wait stays queued until it expires, and is delivered by a process of its own. Rejects, and
   * queues nothing, when the session does not run or the text cannot be given.
   */
  send(address: string, text: string, options: NudgeOptions): Promise<NudgeReceipt>
  /** What became of a nudge of this town. */
  receipt(id: string): Promise<NudgeReceipt>
  /** Delivers what waits for an address, and returns when nothing does any more. */
  deliver(address: string): Promise<void>
}

/** The patrol of a rig, as its witness does it without a model. */
export interface HostPatrol {
  /** What a rig's patrol has left. Rejects when the settings of the rig cannot be used. */
  read(ref: RigRef): Promise<RigPatrol>
  /** Tells an incident to whom the settings of the rig or the town name under `escalate`, and notes it. */
  escalate(ref: RigRef, incident: RigIncident): Promise<Escalated>
}

/** The workers of a rig. */
export interface HostWorkers {
  /**
   * Removes a worker's worktree and its branch, provided that nothing in it would be lost: all is committed, and the
   * commits are at the origin by its own word. To be called when the processes in it have ended. Rejects with
   * `SANDBOX_CHANGED` when it changed while it was looked at.
   *
   * @returns why nothing is lost, and the refs that keep its commits; or what stands against it
   */
  removeSandbox(request: SandboxRemoval): Promise<SandboxRemovalResult>
}

/** The log of events of a town, `.events.jsonl`. */
export interface HostEvents {
  /** Adds a line, by the agent that the role and the ref name, with the rig's name in its payload where there is a rig. */
  append(role: RoleDefinition, ref: RoleRef, event: HostEvent): Promise<void>
}

export interface HostEvent {
  /** What happened, in snake case, such as `witness_restarted`. */
  type: string
  payload: Record<string, unknown>
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
