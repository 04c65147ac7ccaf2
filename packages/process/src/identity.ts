import type {ProcessIdentity} from '@gtown/sdk'
import {processes} from './system.js'

/** Who has this pid now; undefined when nobody has, or only a zombie. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const start = processes.startTimes([pid]).get(pid)
  return start === undefined ? undefined : {pid, start}
}

/** True while this very process lives: false for a zombie, and for a later process with the same pid. */
export async function isAlive({pid, start}: ProcessIdentity): Promise<boolean> {
  return processes.startTimes([pid]).get(pid) === start
}
