import {addressOf, type RoleDefinition, type RoleRef} from '@gtown/sdk'

/** What of a role every agent in it has. */
export type AgentRole = Pick<RoleDefinition, 'name'>

/**
 * One agent of a town: this town's deacon, this rig's witness, or the worker of that name. It may run or not. As a
 * `RoleRef` it is what the functions of its role are given.
 */
export interface AgentRef<Role extends AgentRole = AgentRole> extends RoleRef {
  role: Role
  /** Of its session, on whichever backend. */
  sessionName: string
  /** What people call it, such as `greenplace/witness`. */
  address: string
}

/** Which session of which town: what is kept of it, and what its processes are marked with. */
export type SessionOf = Pick<AgentRef, 'town' | 'sessionName'>

/** The agent that takes the role there. */
export function agentOf<Role extends Pick<RoleDefinition, 'name' | 'sessionName'>>(
  role: Role,
  ref: RoleRef,
): AgentRef<Role> {
  return {...ref, role, sessionName: role.sessionName(ref), address: addressOf(role, ref)}
}
