import {randomUUID} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {hostname} from 'node:os'
import {hasErrno} from './errno.js'

/**
 * A file name, unique for every call, that tells which process made it: pid, the process's start time (a pid
 * alone may be reused), a random part, and the machine.
 */
export async function makeStamp(): Promise<string> {
  const start = await startTime(process.pid)
  return [process.pid, start ?? '-', randomUUID(), hostname()].join('.')
}

/**
 * True when the process that made the stamp has certainly ended. Of a process on another machine, such as in
 * another container, that cannot be told.
 */
export async function isAbandoned(stamp: string): Promise<boolean> {
  const [pid = '', start, , ...machine] = stamp.split('.')
  if (!/^[1-9]\d*$/.test(pid) || machine.join('.') !== hostname()) return false
  if (!isRunning(Number(pid))) return true
  const startNow = await startTime(Number(pid))
  return startNow !== undefined && startNow !== start
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (hasErrno(error, 'ESRCH')) return false
    // Running, but somebody else's.
    if (hasErrno(error, 'EPERM')) return true
    throw error
  }
}

/** In ticks since the machine started; undefined where the system does not tell. */
async function startTime(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in parentheses, which may itself hold blanks and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ESRCH', 'EACCES')) return undefined
    throw error
  }
}
