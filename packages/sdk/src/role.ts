import type {Rig} from './rig.js'

/** One bearer of a role: the witness of this rig. */
export interface RoleRef {
  rig: Rig
}

/**
 * A role that an agent can take: data and pure functions, nothing here acts.
 * All paths are absolute and inside the town.
 */
export interface RoleDefinition {
  name: string
  icon: string
  sessionName(ref: RoleRef): string
  /** Where the session runs: the first of these that exists. */
  workDirs(ref: RoleRef): string[]
  /** Where files live that belong to the role and not to the project, such as its agent's settings. */
  homeDir(ref: RoleRef): string
  env(ref: RoleRef): Record<string, string>
  /** Given to the agent as its last argument. */
  prompt(ref: RoleRef): string
  /** Typed, in order, for an agent that cannot be given a prompt. */
  startupMessages(ref: RoleRef, now: Date): string[]
  theme(ref: RoleRef): {background: string; foreground: string}
  /** Milliseconds that the session's processes get to end by themselves when it is stopped. */
  stopGraceMs: number
}

/** Checks the role's type; returns it unchanged. */
export function defineRole(role: RoleDefinition): RoleDefinition {
  return role
}
