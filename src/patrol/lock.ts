import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {makeOwnFolder, unwritable, withLock} from '@gtown/sdk/files'

/** Long enough for two that came at once to tell who goes first. */
const WAIT_MS = 1000

/**
 * Runs work as the only patrol of the rig; what a killed patrol held is free at once. Rejects with `PATROL_RUNNING`,
 * which names the other's pid, when there is another.
 */
export async function withPatrolLock<T>(
  rig: {name: string; path: string},
  work: () => Promise<T>,
): Promise<T> {
  const runtime = join(rig.path, '.runtime')
  const lock = join(runtime, 'witness.lock')
  try {
    await makeOwnFolder(runtime, 0o755)
  } catch (error) {
    throw unwritable(lock, error)
  }
  const refuse = (holders: readonly number[]) =>
    new GtError(
      `rig '${rig.name}' is being patrolled by another gt${holders.map((pid) => ` (pid ${pid})`)}`,
      {
        code: 'PATROL_RUNNING',
        hint: `Nothing was done. If no other gt runs, remove ${lock}.`,
      },
    )
  return await withLock(lock, {waitMs: WAIT_MS, refuse}, work)
}
