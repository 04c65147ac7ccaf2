import {processes} from './system.js'

/** True when this process runs below the one with that pid. */
export async function runsUnder(pid: number): Promise<boolean> {
  for (let parent: number | undefined = process.ppid; parent; parent = processes.parentOf(parent)) {
    if (parent === pid) return true
  }
  return false
}
