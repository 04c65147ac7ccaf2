import type {RigRef} from '@gtown/sdk'
import type {FoundWorker} from '../observe/observe-rig.js'
import type {PatrolServices} from '../services.js'

/** The input of every action. */
export interface Job {
  services: PatrolServices
  ref: RigRef
  /** The worker as this cycle found it. */
  worker: FoundWorker
  /** Aborts waiting. A started action is still completed. */
  signal: AbortSignal
}
