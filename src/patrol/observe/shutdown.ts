import {join} from 'node:path'
import {isRunning, readIfThere, statIfThere} from '@gtown/sdk/files'

/**
 * True while the original takes the town down: it holds the lock of a file that stays afterwards, and meanwhile keeps
 * another one with its pid, which a shutdown that was killed leaves behind.
 */
export async function isShuttingDown(townRoot: string): Promise<boolean> {
  const lock = await statIfThere(join(townRoot, 'daemon', 'shutdown.lock'))
  if (lock === undefined) return false
  const locks = await readIfThere('/proc/locks')
  if (locks === undefined) return await isNoted(join(townRoot, 'daemon', 'shutting-down'))
  // By the inode alone: of some file systems the device is told in two ways.
  return locks.split('\n').some((line) => line.includes(' FLOCK ') && line.includes(`:${lock.ino} `))
}

/** Where the system does not tell of locks. */
async function isNoted(file: string): Promise<boolean> {
  const text = await readIfThere(file)
  if (text === undefined) return false
  const pid = Number(text.trim())
  return !Number.isSafeInteger(pid) || pid <= 0 || isRunning(pid)
}
