import {readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno} from '@gtown/sdk/files'

/**
 * True while the original takes the town down: it holds the lock of a file that stays afterwards, and meanwhile keeps
 * another one with its pid, which a shutdown that was killed leaves behind.
 */
export async function isShuttingDown(townRoot: string): Promise<boolean> {
  const inode = await inodeOf(join(townRoot, 'daemon', 'shutdown.lock'))
  if (inode === undefined) return false
  const locks = await readIfThere('/proc/locks')
  if (locks === undefined) return await isNoted(join(townRoot, 'daemon', 'shutting-down'))
  // By the inode alone: of some file systems the device is told in two ways.
  return locks.split('\n').some((line) => line.includes(' FLOCK ') && line.includes(`:${inode} `))
}

/** Where the system does not tell of locks. */
async function isNoted(file: string): Promise<boolean> {
  const text = await readIfThere(file)
  if (text === undefined) return false
  const pid = Number(text.trim())
  return !Number.isSafeInteger(pid) || pid <= 0 || lives(pid)
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (hasErrno(error, 'ESRCH')) return false
    if (hasErrno(error, 'EPERM')) return true
    throw error
  }
}

async function inodeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).ino
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}
