import {API_VERSION, type Versioned} from './api-version.js'
import type {Rig, Town} from './rig.js'

/** One bearer of a role: this town's deacon, this rig's witness, or the worker of that name in this rig. */
export interface RoleRef {
  town: Town
  /** Absent for a role of the whole town. */
  rig?: Rig
  /** Present where a rig has several bearers of the role. */
  name?: string
}

/** A bearer in a rig. */
export interface RigRef extends RoleRef {
  rig: Rig
}

/**
 * A role that an agent can take: data and pure functions, nothing here acts.
 * All paths are absolute and inside the town.
 */
export interface RoleDefinition<Ref extends RoleRef = RoleRef> extends Versioned {
  name: string
  /** `rig`: each rig has bearers of it. `town`: the town has one. */
  scope: 'rig' | 'town'
  icon: string
  sessionName(ref: Ref): string
  /** How a terminal that shows the session calls it. */
  title(ref: Ref): string
  /** Where the session runs: the first of these that exists. */
  workDirs(ref: Ref): string[]
  /** Make the last of `workDirs` where none exists, in a folder that does; otherwise that is an error. */
  makesWorkDir?: boolean
  /**
   * Runs `create`, which makes the session in `workDir`, while nobody removes that directory. Rejects, without calling
   * it, where the directory is gone or has become another's. For a role whose directories come and go, as a worker's
   * sandbox does.
   */
  guardWorkDir?<T>(ref: Ref, workDir: string, create: () => Promise<T>): Promise<T>
  /** Where files live that belong to the role and not to the project, such as its agent's settings. */
  homeDir(ref: Ref): string
  env(ref: Ref): Record<string, string>
  /** Given to the agent as its last argument. */
  prompt(ref: Ref): string
  /** Typed, in order, for an agent that cannot be given a prompt. */
  startupMessages(ref: Ref, now: Date): string[]
  theme(ref: Ref): {background: string; foreground: string}
  /** Milliseconds that the session's processes get to end by themselves when it is stopped. */
  stopGraceMs: number
  /**
   * An agent without a model that the role brings along. It has to be named, by `--agent` or in settings; but it is
   * what runs where no agent is configured and no AI program is installed.
   */
  builtInAgent?: BuiltInAgent
}

/** A command of gt that does a role's work by itself. It runs in the role's directory. */
export interface BuiltInAgent {
  /** What `--agent` and settings call it. */
  name: string
  /** The command and its arguments, without `gt`. */
  command: readonly [string, ...string[]]
  /** How the line begins by which it shows that it is at work. */
  readyPromptPrefix: string
}

/** Checks the role's type, and says which version of the contracts it was made for. */
export function defineRole<Ref extends RoleRef = RoleRef>(role: RoleDefinition<Ref>): RoleDefinition<Ref> {
  return {apiVersion: API_VERSION, ...role}
}

/** The first thing that an agent is told: who speaks to whom, when (local time to the minute), and about what. */
export function startupBeacon(
  recipient: string,
  {sender, topic, now}: {sender: string; topic: string; now: Date},
): string {
  return `[GAS TOWN] ${recipient} <- ${sender} • ${localMinute(now)} • ${topic}`
}

/** As in 2026-11-22T16:36. */
function localMinute(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  return `${date}T${two(now.getHours())}:${two(now.getMinutes())}`
}

/** What people call a bearer: `deacon`, `greenplace/witness`, `greenplace/nux`. */
export function addressOf({name: role}: Pick<RoleDefinition, 'name'>, {rig, name}: RoleRef): string {
  return rig ? `${rig.name}/${name ?? role}` : role
}

/** Absolute path of the rig, or of the town for a role of the whole town. */
export function placeOf({rig, town}: RoleRef): string {
  return rig?.path ?? town.root
}
