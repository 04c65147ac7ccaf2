import {join} from 'node:path'
import {asOnlyWatchdog} from '@gtown/sdk/watchdog'

/** Runs `work` as the rig's only patrol. Rejects with `PATROL_RUNNING` and the other's pid when there is another one. */
export async function withPatrolLock<T>(
  rig: {name: string; path: string},
  work: () => Promise<T>,
): Promise<T> {
  const file = join(rig.path, '.runtime', 'witness.lock')
  const claim = `rig '${rig.name}' is being patrolled`
  return await asOnlyWatchdog({file, claim, code: 'PATROL_RUNNING'}, work)
}
