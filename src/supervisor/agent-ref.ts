import {addressOf, type RoleDefinition, type RoleRef} from '@gtown/sdk'

/** The part of a role that every agent has, even if no plugin defines the role. */
export type AgentRole = Pick<RoleDefinition, 'name'>

/**
 * One agent of a town, running or not: the town's deacon, a rig's witness, or a named worker. It is also the
 * `RoleRef` that the functions of its role take.
 */
export interface AgentRef<Role extends AgentRole = AgentRole> extends RoleRef {
  role: Role
  /** Name of its session, the same on every backend. */
  sessionName: string
  /** Its address, such as `greenplace/witness`. */
  address: string
}

/** A session of a town. Identifies its record and the marker of its processes. */
export type SessionOf = Pick<AgentRef, 'town' | 'sessionName'>

/** The agent in that role for the town, rig or name in `ref`. */
export function agentOf<Role extends Pick<RoleDefinition, 'name' | 'sessionName'>>(
  role: Role,
  ref: RoleRef,
): AgentRef<Role> {
  return {...ref, role, sessionName: role.sessionName(ref), address: addressOf(role, ref)}
}
