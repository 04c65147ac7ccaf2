import {isGtError, type RigRef} from '@gtown/sdk'
import {listRemoved, purge} from '@gtown/workers/put-away'
import type {NewEvent} from '../../events/event-log.js'
import type {PatrolServices} from '../services.js'

/** Milliseconds of a cycle for deleting: a large sandbox takes several. */
const SLICE_MS = 250

const DAY_MS = 24 * 3_600_000

export interface PurgeDuty {
  services: PatrolServices
  ref: RigRef
  /** Days that a sandbox is kept. */
  days: number
}

/**
 * Deletes what was put away long enough ago, a slice each cycle, and only what the gate called safe: the rest is the
 * user's to purge. What fails is tried again in the next cycle.
 *
 * @returns what there is to note of it
 */
export async function purgeRemoved(duty: PurgeDuty): Promise<NewEvent[]> {
  const {services, ref} = duty
  const until = Date.now() + SLICE_MS
  const events: NewEvent[] = []
  for (const {id, name} of await findDue(duty)) {
    if (Date.now() >= until) break
    try {
      const {outcome} = await purge({git: services.git, ...ref, processesIn: services.processesIn, id, until})
      if (outcome === 'purged') events.push(purged(ref, id, name))
    } catch (error) {
      if (!isGtError(error)) throw error
    }
  }
  return events
}

interface Due {
  id: string
  /** Undefined where the worker's name is not known any more. */
  name: string | undefined
}

/** What was begun comes first. */
async function findDue({services, ref, days}: PurgeDuty): Promise<Due[]> {
  const {sandboxes, purging} = await listRemoved({git: services.git, ...ref})
  const before = services.clock().wallMs - days * DAY_MS
  const old = sandboxes.filter(
    ({state, verdict, removedAt}) =>
      state === 'removed' && verdict.is === 'safe' && Date.parse(removedAt) <= before,
  )
  return [...purging, ...old]
}

function purged({rig}: RigRef, id: string, polecat: string | undefined): NewEvent {
  return {
    type: 'polecat_purged',
    actor: `${rig.name}/witness`,
    payload: {rig: rig.name, polecat, id},
    visibility: 'feed',
  }
}
