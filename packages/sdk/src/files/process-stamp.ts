import {randomUUID} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {hostname} from 'node:os'
import {hasErrno} from './errno.js'

/**
 * A file name, unique for every call, that identifies a process: its pid, its start time (because pids are reused), a
 * random part, and the machine.
 *
 * @param pid a living process of this machine; default: this process
 */
export async function makeStamp(pid = process.pid): Promise<string> {
  const {start = '-'} = (await statOf(pid)) ?? {}
  return [pid, start, randomUUID(), hostname()].join('.')
}

/** True if the stamp is of a process of this machine. */
export function isOfThisMachine(stamp: string): boolean {
  return stamp.split('.').slice(3).join('.') === hostname()
}

/** The pid in the stamp; 0 if it is not a stamp. */
export function pidOf(stamp: string): number {
  return Number(/^[1-9]\d*(?=\.)/.exec(stamp)?.[0] ?? 0)
}

/**
 * True if the process of the stamp has certainly ended. Always false for a process on another machine or in another
 * container.
 */
export async function isAbandoned(stamp: string): Promise<boolean> {
  const [pid = '', start] = stamp.split('.')
  if (!/^[1-9]\d*$/.test(pid) || !isOfThisMachine(stamp)) return false
  if (!isRunning(Number(pid))) return true
  const now = await statOf(Number(pid))
  // A zombie has ended. It stays a zombie if its parent never waits for it.
  return now !== undefined && (now.state === 'Z' || now.start !== start)
}

/** True while any process of this machine has that pid, of any user, including zombies. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (hasErrno(error, 'ESRCH')) return false
    // It runs, but belongs to another user.
    if (hasErrno(error, 'EPERM')) return true
    throw error
  }
}

/** State and start time, in ticks since boot; undefined if the system does not say. */
async function statOf(
  pid: number,
): Promise<{state: string | undefined; start: string | undefined} | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in parentheses, which may contain blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {state: fields[0], start: fields[19]}
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ESRCH', 'EACCES')) return undefined
    throw error
  }
}
