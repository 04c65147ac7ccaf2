import {isGtError, type RigRef} from '@gtown/sdk'
import {listRemoved} from '@gtown/workers/put-away'
import type {PatrolServices} from '../services.js'
import type {RemovedFact, Signal} from '../signals.js'

/** Observes the sandboxes of a rig that were put away. Costs one directory where there are none. */
export async function observeRemoved(
  {git}: Pick<PatrolServices, 'git'>,
  {rig}: RigRef,
  now: number,
): Promise<Signal<readonly RemovedFact[]>> {
  const source = 'files'
  try {
    const {sandboxes} = await listRemoved({git, rig})
    const value = sandboxes
      .filter(({state}) => state === 'removed')
      .map(({id, name, removedAt, verdict}) => ({
        id,
        worker: name,
        ageMs: now - Date.parse(removedAt),
        reasons: reasonsOf(verdict),
      }))
    return {value, source, ageMs: 0}
  } catch (error) {
    if (!isGtError(error)) throw error
    return {value: 'unknown', source, ageMs: 0, detail: error.message}
  }
}

function reasonsOf({is, reasons}: {is: string; reasons: readonly string[]}): readonly string[] {
  if (is === 'safe') return []
  return reasons.length > 0 ? reasons : ['nobody could tell']
}
