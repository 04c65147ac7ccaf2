import type {Occupant, Rig, WorkSource} from '@gtown/sdk'
import type {Git} from '@gtown/sdk/git'
import type {BeadsRead} from '../beads/reader.js'
import type {NudgeServices} from '../nudge/nudge.js'
import type {ClockReading} from './signals.js'

/** CPU time and size of a process tree. */
export interface ProcessUsage {
  /** Clock ticks. */
  ticks: number
  /** Number of processes. */
  processes: number
  /** Program name of the root process. */
  program: string
}

/** In bytes. */
export interface DiskSpace {
  total: number
  free: number
}

/** The host's services for the patrol. */
export interface PatrolServices extends NudgeServices {
  git: Git
  clock(): ClockReading
  /** From 0 up to 1, as `Math.random`. */
  random(): number
  /** Usage by pid; undefined when the system does not provide it. */
  treeUsage(pids: readonly number[]): ReadonlyMap<number, ProcessUsage> | undefined
  /** Processes with their current directory in this real path; undefined when the system does not provide it. */
  processesIn(directory: string): readonly Occupant[] | undefined
  /** The size of the filesystem that a folder is on, and what of it is free for this user. */
  diskSpace(folder: string): Promise<DiskSpace>
  /** The work sources of plugins, the highest priority first. */
  workSources(): Promise<readonly WorkSource[]>
  /** The beads of a rig. Starts no process while their files are unchanged. */
  readBeads(rig: Rig): Promise<BeadsRead>
  /** Runs a program of the user's with `input` on its standard input. Rejects when it fails or cannot be started. */
  notify(command: readonly [string, ...string[]], input: string): Promise<void>
  /** The patrol's own current directory. */
  callerDirectory: string
}
