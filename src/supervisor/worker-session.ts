import {type RoleRef, rigSessionName} from '@gtown/sdk'

/** The role name and session name of a worker. */
export function workerSession(worker: string) {
  return {
    name: 'polecat',
    sessionName: ({rig}: RoleRef) => rigSessionName(rig?.name ?? '', worker),
  }
}
