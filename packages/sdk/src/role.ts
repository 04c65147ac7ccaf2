import {API_VERSION, type Versioned} from './api-version.js'
import type {Rig, Town} from './rig.js'

/** Identifies one agent of a role: the town's deacon, a rig's witness, or a named worker of a rig. */
export interface RoleRef {
  town: Town
  /** Absent for a town role. */
  rig?: Rig
  /** Present if a rig has several agents of the role. */
  name?: string
}

/** Identifies an agent in a rig. */
export interface RigRef extends RoleRef {
  rig: Rig
}

/** A role for agents: data and pure functions without side effects. All paths are absolute and inside the town. */
export interface RoleDefinition<Ref extends RoleRef = RoleRef> extends Versioned {
  name: string
  /** `rig`: each rig has agents of this role. `town`: the town has one. */
  scope: 'rig' | 'town'
  icon: string
  sessionName(ref: Ref): string
  /** The title of a terminal that shows the session. */
  title(ref: Ref): string
  /** Candidates for the working directory. The first existing one is used. */
  workDirs(ref: Ref): string[]
  /** If none of `workDirs` exists, create the last one, in an existing folder. Without this, that is an error. */
  makesWorkDir?: boolean
  /**
   * Runs `create`, which creates the session in `workDir`, and prevents the removal of that directory meanwhile.
   * Rejects without calling it if the directory is gone or belongs to another agent now. For a role whose directories
   * come and go, such as a worker's sandbox.
   */
  guardWorkDir?<T>(ref: Ref, workDir: string, create: () => Promise<T>): Promise<T>
  /** Folder for files of the role that do not belong to the project, such as its agent's settings. */
  homeDir(ref: Ref): string
  env(ref: Ref): Record<string, string>
  /** The agent's last argument. */
  prompt(ref: Ref): string
  /** Typed in order, for an agent that takes no prompt argument. */
  startupMessages(ref: Ref, now: Date): string[]
  theme(ref: Ref): {background: string; foreground: string}
  /** Milliseconds that the session's processes have to end by themselves during a stop. */
  stopGraceMs: number
  /**
   * An agent without AI that comes with the role. It runs if named by `--agent` or in settings, or if no agent is
   * configured and no AI program is installed.
   */
  builtInAgent?: BuiltInAgent
}

/** A command of gt that does a role's work without AI. It runs in the role's directory. */
export interface BuiltInAgent {
  /** Its name for `--agent` and settings. */
  name: string
  /** The command and its arguments, without `gt`. */
  command: readonly [string, ...string[]]
  /** Prefix of the line that shows it is ready. */
  readyPromptPrefix: string
}

/** Checks the role's type and adds the version of the contracts. */
export function defineRole<Ref extends RoleRef = RoleRef>(role: RoleDefinition<Ref>): RoleDefinition<Ref> {
  return {apiVersion: API_VERSION, ...role}
}

/** The first message to an agent: recipient, sender, local time to the minute, and topic. */
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

/** The address of an agent, such as `deacon`, `greenplace/witness` or `greenplace/nux`. */
export function addressOf({name: role}: Pick<RoleDefinition, 'name'>, {rig, name}: RoleRef): string {
  return rig ? `${rig.name}/${name ?? role}` : role
}

/** Absolute path of the rig, or of the town for a town role. */
export function placeOf({rig, town}: RoleRef): string {
  return rig?.path ?? town.root
}
