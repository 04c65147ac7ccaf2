import {parseLife} from './proc-stat.js'
import {readProc} from './read-proc.js'

/** `stopped`: a signal froze it. `ended`: it is gone, a zombie, or a later process has its number. */
export type ProcessState = 'running' | 'stopped' | 'ended'

/**
 * What the system says of one process, by one read of /proc. Undefined where it does not tell: on a system without
 * /proc, and for a pid of which no start time is known and that we do not see.
 *
 * @param start the start time that `identify` gave for it
 */
export function processState(pid: number, start?: string): ProcessState | undefined {
  if (process.platform !== 'linux') return undefined
  const text = readProc(`/proc/${pid}/stat`)
  if (text === undefined) return start === undefined ? undefined : 'ended'
  const life = parseLife(text)
  if (life.state === 'gone' || (start !== undefined && life.start !== start)) return 'ended'
  return life.state === 'stopped' ? 'stopped' : 'running'
}
