import {randomUUID} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {hostname} from 'node:os'
import {hasErrno} from './errno.js'

/**
 * A file name, unique for every call, that tells which process it stands for: pid, the process's start time (a pid
 * alone may be reused), a random part, and the machine.
 *
 * @param pid a living process of this machine; the calling one by default
 */
export async function makeStamp(pid = process.pid): Promise<string> {
  const {start = '-'} = (await statOf(pid)) ?? {}
  return [pid, start, randomUUID(), hostname()].join('.')
}

/** True when the process that the stamp stands for is, or was, one of this machine. */
export function isOfThisMachine(stamp: string): boolean {
  return stamp.split('.').slice(3).join('.') === hostname()
}

/** The pid of the process that made the stamp; 0 where it is no stamp. */
export function pidOf(stamp: string): number {
  return Number(/^[1-9]\d*(?=\.)/.exec(stamp)?.[0] ?? 0)
}

/**
 * True when the process that made the stamp has certainly ended. Of a process on another machine, such as in
 * another container, that cannot be told.
 */
export async function isAbandoned(stamp: string): Promise<boolean> {
  const [pid = '', start] = stamp.split('.')
  if (!/^[1-9]\d*$/.test(pid) || !isOfThisMachine(stamp)) return false
  if (!isRunning(Number(pid))) return true
  const now = await statOf(Number(pid))
  // A zombie has ended; where nobody waits for the processes of others, it stays one.
  return now !== undefined && (now.state === 'Z' || now.start !== start)
}

/** True while some process of this machine has that pid, whoever's it is. A zombie counts. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (hasErrno(error, 'ESRCH')) return false
    // Running, but somebody else's.
    if (hasErrno(error, 'EPERM')) return true
    throw error
  }
}

/** State and start time, in ticks since the machine started; undefined where the system does not tell. */
async function statOf(
  pid: number,
): Promise<{state: string | undefined; start: string | undefined} | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in parentheses, which may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {state: fields[0], start: fields[19]}
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ESRCH', 'EACCES')) return undefined
    throw error
  }
}
