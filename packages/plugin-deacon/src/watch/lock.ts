import {dirname, join} from 'node:path'
import {GtError, type Town} from '@gtown/sdk'
import {makeOwnFolder, unwritable, withLock} from '@gtown/sdk/files'
import {watchFolder} from './state.js'

/** Long enough for two that came at once to tell who goes first. */
const WAIT_MS = 1000

/**
 * Runs work as the only watch of the town; what a killed watch held is free at once. Rejects with `WATCH_RUNNING`,
 * which names the other's pid, when there is another.
 */
export async function withWatchLock<T>(town: Town, work: () => Promise<T>): Promise<T> {
  const folder = watchFolder(town)
  const lock = join(folder, 'watch.lock')
  try {
    await makeOwnFolder(dirname(folder), 0o755)
    await makeOwnFolder(folder, 0o755)
  } catch (error) {
    throw unwritable(lock, error)
  }
  const refuse = (holders: readonly number[]) =>
    new GtError(
      `the witnesses of this town are being watched by another gt${holders.map((pid) => ` (pid ${pid})`)}`,
      {code: 'WATCH_RUNNING', hint: `Nothing was done. If no other gt runs, remove ${lock}.`},
    )
  return await withLock(lock, {waitMs: WAIT_MS, refuse}, work)
}
