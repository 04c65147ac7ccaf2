import type {ProcessIdentity} from '@gtown/sdk'
import {processes} from './system.js'

/** The process that has this pid now; undefined when there is none, or only a zombie. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const start = processes.startTimes([pid]).get(pid)
  return start === undefined ? undefined : {pid, start}
}

/** True while exactly this process lives. False for a zombie, and for a later process with the same pid. */
export async function isAlive({pid, start}: ProcessIdentity): Promise<boolean> {
  return processes.startTimes([pid]).get(pid) === start
}
