import {parseLife} from './proc-stat.js'
import {readProc} from './read-proc.js'

/** `stopped`: suspended by a signal. `ended`: gone, a zombie, or a later process has its pid. */
export type ProcessState = 'running' | 'stopped' | 'ended'

/**
 * The state of one process, from one read of /proc. Undefined when it cannot be known: on a system without /proc, and
 * for a pid that is not visible when no `start` was given.
 *
 * @param start the start time that `identify` returned for it
 */
export function processState(pid: number, start?: string): ProcessState | undefined {
  if (process.platform !== 'linux') return undefined
  const text = readProc(`/proc/${pid}/stat`)
  if (text === undefined) return start === undefined ? undefined : 'ended'
  const life = parseLife(text)
  if (life.state === 'gone' || (start !== undefined && life.start !== start)) return 'ended'
  return life.state === 'stopped' ? 'stopped' : 'running'
}
