import {processes} from './system.js'

/** True when the process with that pid is an ancestor of this one. */
export async function runsUnder(pid: number): Promise<boolean> {
  for (let parent: number | undefined = process.ppid; parent; parent = processes.parentOf(parent)) {
    if (parent === pid) return true
  }
  return false
}
