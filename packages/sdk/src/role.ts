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
export interface RoleDefinition<Ref extends RoleRef = RoleRef> {
  name: string
  /** `rig`: each rig has bearers of it. `town`: the town has one. */
  scope: 'rig' | 'town'
  icon: string
  sessionName(ref: Ref): string
  /** How a terminal that shows the session calls it. */
  title(ref: Ref): string
  /** Where the session runs: the first of these that exists. */
  workDirs(ref: Ref): string[]
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
}

/** Checks the role's type; returns it unchanged. */
export function defineRole<Ref extends RoleRef = RoleRef>(role: RoleDefinition<Ref>): RoleDefinition<Ref> {
  return role
}

/** What people call a bearer: `deacon`, `greenplace/witness`, `greenplace/nux`. */
export function addressOf({name: role}: RoleDefinition, {rig, name}: RoleRef): string {
  return rig ? `${rig.name}/${name ?? role}` : role
}

/** Absolute path of the rig, or of the town for a role of the whole town. */
export function placeOf({rig, town}: RoleRef): string {
  return rig?.path ?? town.root
}
