import {API_VERSION, type Versioned} from './api-version.js'
import type {Rig} from './rig.js'

/** A query about the work of a worker. */
export interface WorkQuery {
  rig: Rig
  /** The worker's name. */
  worker: string
  /** The branch checked out in its sandbox; undefined if unknown. */
  branch: string | undefined
  /** Its task, as recorded when it was spawned. */
  task: string | undefined
}

/**
 * What a source knows. An absent field means that it does not know about that. `unknown`: it should know but could
 * not find out.
 */
export interface WorkAnswer {
  work?: 'open' | 'terminal' | 'none' | 'unknown'
  mergeRequest?: 'none' | 'open' | 'merged' | 'unknown'
  /** Where it was read, in a few words. */
  detail?: string
}

/**
 * What a plugin returns from the hook `gt:work`, in an array. Knows whether a worker's work is still open, and the
 * state of its merge request.
 */
export interface WorkSource extends Versioned {
  name: string
  /** The source with the highest number is asked first. gt's own record of a worker: 0. */
  priority: number
  /**
   * Returns undefined for a worker that it does not know. A rejection counts as unknown, and the worker is left
   * alone.
   */
  read(query: WorkQuery): Promise<WorkAnswer | undefined>
}

/** Checks the source's type and adds the version of the contracts. */
export function defineWorkSource(source: WorkSource): WorkSource {
  return {apiVersion: API_VERSION, ...source}
}
