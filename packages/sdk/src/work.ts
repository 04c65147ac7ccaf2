import {API_VERSION, type Versioned} from './api-version.js'
import type {Rig} from './rig.js'

/** A worker whose work is asked about. */
export interface WorkQuery {
  rig: Rig
  /** The worker's name. */
  worker: string
  /** The branch that is checked out in its sandbox; undefined where that cannot be told. */
  branch: string | undefined
  /** What it was given to do, as it was written down at its spawn. */
  task: string | undefined
}

/** What a source knows; what is absent it knows nothing of. `unknown`: it should know, and could not find out. */
export interface WorkAnswer {
  work?: 'open' | 'terminal' | 'none' | 'unknown'
  mergeRequest?: 'none' | 'open' | 'merged' | 'unknown'
  /** In a few words, where it was read. */
  detail?: string
}

/** What a plugin returns from the hook `gt:work`, in an array: knows whether work is open, and what becomes of it. */
export interface WorkSource extends Versioned {
  name: string
  /** The source with the highest number is asked first. What gt itself keeps of a worker: 0. */
  priority: number
  /** Undefined when the worker is none of its own. A rejection counts as unknown: the worker is then left alone. */
  read(query: WorkQuery): Promise<WorkAnswer | undefined>
}

/** Checks the source's type, and says which version of the contracts it was made for. */
export function defineWorkSource(source: WorkSource): WorkSource {
  return {apiVersion: API_VERSION, ...source}
}
