import {type RoleRef, rigSessionName} from '@gtown/sdk'

/** What of a worker tells its session from others. */
export function workerSession(worker: string) {
  return {
    name: 'polecat',
    sessionName: ({rig}: RoleRef) => rigSessionName(rig?.name ?? '', worker),
  }
}
