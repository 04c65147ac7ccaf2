import {join} from 'node:path'
import {isRunning, readIfThere, statIfThere} from '@gtown/sdk/files'

/**
 * True while the original shuts the town down. It then holds a lock on `shutdown.lock`, a file that stays afterwards, and
 * keeps its pid in `shutting-down`, which a killed shutdown leaves behind.
 */
export async function isShuttingDown(townRoot: string): Promise<boolean> {
  const lock = await statIfThere(join(townRoot, 'daemon', 'shutdown.lock'))
  if (lock === undefined) return false
  const locks = await readIfThere('/proc/locks')
  if (locks === undefined) return await isNoted(join(townRoot, 'daemon', 'shutting-down'))
  // Compares only the inode, since some file systems report two different devices.
  return locks.split('\n').some((line) => line.includes(' FLOCK ') && line.includes(`:${lock.ino} `))
}

/** For systems without /proc/locks: checks the file with the pid. */
async function isNoted(file: string): Promise<boolean> {
  const text = await readIfThere(file)
  if (text === undefined) return false
  const pid = Number(text.trim())
  return !Number.isSafeInteger(pid) || pid <= 0 || isRunning(pid)
}
