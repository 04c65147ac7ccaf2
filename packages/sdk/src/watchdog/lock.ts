import {dirname} from 'node:path'
import {GtError} from '../errors.js'
import {makeOwnFolder, unwritable, withLock} from '../files/index.js'

/** Long enough for two watchdogs started at the same time to settle who gets the lock. */
const WAIT_MS = 1000

/** A lock that allows one watchdog of a kind. */
export interface WatchdogLock {
  /** Absolute path. Its folder and the folder above are created if missing. */
  file: string
  /** What the other one does, as a clause: "rig 'a' is being patrolled". */
  claim: string
  /** The error code if another watchdog holds the lock. */
  code: string
}

/**
 * Runs work while holding the lock. The lock of a killed watchdog is free at once. Rejects with the lock's code and
 * the other's pid if another watchdog holds it, and with `UNWRITABLE` if the lock cannot be made.
 */
export async function asOnlyWatchdog<T>(
  {file, claim, code}: WatchdogLock,
  work: () => Promise<T>,
): Promise<T> {
  try {
    for (const folder of [dirname(dirname(file)), dirname(file)]) await makeOwnFolder(folder, 0o755)
  } catch (error) {
    throw unwritable(file, error)
  }
  const refuse = (pids: readonly number[]) =>
    new GtError(`${claim} by another gt${pids.map((pid) => ` (pid ${pid})`)}`, {
      code,
      hint: `Nothing was done. If no other gt runs, remove ${file}.`,
    })
  return await withLock(file, {waitMs: WAIT_MS, refuse}, work)
}
