import {API_VERSION} from './api-version.js'
import {GtError} from './errors.js'
import type {HostSessions} from './host-sessions.js'
import type {NudgeOptions, NudgeReceipt} from './nudge.js'
import type {Occupant} from './occupant.js'
import type {Place} from './rig.js'
import type {Escalated, RigIncident, RigPatrol} from './rig-patrol.js'
import type {RigRef, RoleDefinition, RoleRef} from './role.js'
import type {Style} from './style.js'

/**
 * The host's services for a plugin's command. Each method rejects with `SESSION_FOREIGN` for a session of another
 * town, and with `BACKEND_UNAVAILABLE` if the backend gives no answer.
 */
export interface Host {
  readonly apiVersion: number
  /** The user's current directory and environment. */
  place(): Place
  /** Finds a rig by name, or the rig of the current directory. */
  find(rigName?: string): Promise<RigRef>
  /** Finds the town of the current directory. */
  findTown(): Promise<RoleRef>
  /** All rigs of the town of the current directory, by name. */
  rigs(): Promise<RigRef[]>
  /** The roles of gt and of all plugins. */
  roles(): Promise<readonly RoleDefinition[]>
  /** Emphasis for text on stdout, chosen from the terminal and the environment. */
  style(): Promise<Style>
  readonly sessions: HostSessions
  readonly nudges: HostNudges
  readonly patrol: HostPatrol
  readonly workers: HostWorkers
  readonly events: HostEvents
}

/** Messages to agents. */
export interface HostNudges {
  /**
   * Sends a text to the agent of an address, whole and once, when its prompt is empty. A text not delivered within
   * the wait stays queued until it expires, and a separate process delivers it. Rejects and queues nothing if the
   * session does not run or the text cannot be typed.
   */
  send(address: string, text: string, options: NudgeOptions): Promise<NudgeReceipt>
  /** The current state of a nudge of this town. */
  receipt(id: string): Promise<NudgeReceipt>
  /** Delivers the waiting nudges of an address. Returns when none are left. */
  deliver(address: string): Promise<void>
}

/** The patrol of a rig, that is, its witness without AI. */
export interface HostPatrol {
  /** The state that a rig's patrol has recorded. Rejects if the rig's settings are invalid. */
  read(ref: RigRef): Promise<RigPatrol>
  /** Notifies everyone named under `escalate` in the settings of the rig or town about an incident, and records it. */
  escalate(ref: RigRef, incident: RigIncident): Promise<Escalated>
}

/** The workers of a rig. */
export interface HostWorkers {
  /**
   * The processes with their current directory in this one or below it, whoever's they are, as far as this user may see.
   * Undefined when the system does not provide it.
   *
   * @param directory absolute path without links
   */
  processesIn(directory: string): Promise<readonly Occupant[] | undefined>
}

/** The event log of a town, `.events.jsonl`. */
export interface HostEvents {
  /**
   * Appends an event by this agent, and its line to the log for people. If there is a rig, its name is added to the
   * payload.
   */
  append(role: RoleDefinition, ref: RoleRef, event: HostEvent): Promise<void>
}

export interface HostEvent {
  /** What happened, in snake case, such as `witness_restarted`. */
  type: string
  payload: Record<string, unknown>
  /** The same for people, as a line of `logs/town.log`: its kind, and a sentence about the agent. */
  line?: {kind: 'removed' | 'restored' | 'purged' | 'purge_blocked'; text: string}
}

/** The part of an oclif config that is needed to reach the host. */
export interface HookRunner {
  runHook(
    event: 'gt:host',
    options: Record<string, never>,
  ): Promise<{successes: {result: unknown}[]; failures: {error: Error}[]}>
}

/**
 * The host's services, for a plugin's command: `const host = await hostOf(this.config)`. Rejects if the command does
 * not run inside gt, or runs inside a gt of another major version.
 */
export async function hostOf(config: unknown): Promise<Host> {
  const {successes, failures} = await (config as HookRunner).runHook('gt:host', {})
  const host = successes[0]?.result as Host | undefined
  if (!host) {
    throw new GtError('this command works only as part of gt', {code: 'NO_HOST', cause: failures[0]?.error})
  }
  if (host.apiVersion !== API_VERSION) {
    throw new GtError(
      `this plugin was made for version ${API_VERSION} of gt's contracts, but this gt has version ${host.apiVersion}`,
      {
        code: 'API_VERSION',
        hint: 'Update the plugin or gt, so that both are of the same major version.',
      },
    )
  }
  return host
}
