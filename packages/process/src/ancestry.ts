import {ancestorsOf} from './members.js'
import {processes} from './system.js'

/** True when this process runs below the one with that pid. */
export async function runsUnder(pid: number): Promise<boolean> {
  return ancestorsOf(processes.scan(), processes.self).has(pid)
}
