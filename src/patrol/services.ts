import type {Rig, WorkSource} from '@gtown/sdk'
import type {Git} from '@gtown/sdk/git'
import type {BeadsRead} from '../beads/reader.js'
import type {NudgeServices} from '../nudge/nudge.js'
import type {ClockReading} from './signals.js'

/** What a process and all below it have used. */
export interface ProcessUsage {
  /** Clock ticks. */
  ticks: number
  /** How many they are. */
  processes: number
  /** The name of the program of the process itself. */
  program: string
}

/** What the patrol is given by its host. */
export interface PatrolServices extends NudgeServices {
  git: Git
  clock(): ClockReading
  /** From 0 up to 1. */
  random(): number
  /** By pid; undefined where the system does not tell. */
  treeUsage(pids: readonly number[]): ReadonlyMap<number, ProcessUsage> | undefined
  /** Processes that stand in this directory, a path without links; undefined where the system does not tell. */
  processesIn(directory: string): readonly number[] | undefined
  /** What plugins know of work, who is asked first at the front. */
  workSources(): Promise<readonly WorkSource[]>
  /** The beads of a rig. Costs no process while their files stay as they are. */
  readBeads(rig: Rig): Promise<BeadsRead>
  /** Runs a program of the user's with this text as its standard input. Rejects when it fails or cannot be started. */
  tell(command: readonly [string, ...string[]], input: string): Promise<void>
  /** The directory of whoever patrols. */
  callerDirectory: string
}
