import type {RigRef} from '@gtown/sdk'
import type {FoundWorker} from '../observe/collect.js'
import type {PatrolServices} from '../services.js'

/** What every action needs to know. */
export interface Job {
  services: PatrolServices
  ref: RigRef
  /** As this cycle found it. */
  worker: FoundWorker
  /** Ends what waits; what was begun is brought to its end. */
  signal: AbortSignal
}
