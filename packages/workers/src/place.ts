import type {Rig} from '@gtown/sdk'

/** Which worker is meant: its name, and the rig that it belongs to. A reference to a worker of a role is one. */
export interface WorkerPlace {
  rig: Pick<Rig, 'name' | 'path'>
  name: string
}
