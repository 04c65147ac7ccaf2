import {isGtError, type RigRef} from '@gtown/sdk'
import {listRemoved, purge} from '@gtown/workers/put-away'
import type {NewEvent} from '../../events/event-log.js'
import type {PatrolServices} from '../services.js'

/** Milliseconds for deleting in one cycle. A large sandbox takes several cycles. */
const SLICE_MS = 250

const DAY_MS = 24 * 3_600_000

export interface PurgeDuty {
  services: PatrolServices
  ref: RigRef
  /** Days that a sandbox is kept. */
  days: number
}

/**
 * Deletes sandboxes that were put away long enough ago, a part in each cycle, and only those that the gate called safe.
 * The user must purge the others. A failed purge is tried again in the next cycle.
 *
 * @returns an event for each sandbox that is gone
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
  /** Undefined if the worker's name is no longer known. */
  name: string | undefined
}

/** Purges that have begun come first. */
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
