import type {Rig} from '@gtown/sdk'

/** Identifies a worker by its name and its rig. */
export interface WorkerPlace {
  rig: Pick<Rig, 'name' | 'path'>
  name: string
}
