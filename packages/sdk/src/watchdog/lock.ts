import {dirname} from 'node:path'
import {GtError} from '../errors.js'
import {makeOwnFolder, unwritable, withLock} from '../files/index.js'

/** Long enough for two that came at once to tell who goes first. */
const WAIT_MS = 1000

/** The lock that makes a watchdog the only one of its kind. */
export interface WatchdogLock {
  /** Absolute path. Its folder and the one above are made where they are missing. */
  file: string
  /** What another one does, as a clause: "rig 'a' is being patrolled". */
  claim: string
  /** The code of the error that names the other one. */
  code: string
}

/**
 * Runs work as the only watchdog that holds the lock. A lock that a killed one held is free at once. Rejects with the
 * lock's code, naming the pid of the other, when there is another; with `UNWRITABLE` where no lock can be made.
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
