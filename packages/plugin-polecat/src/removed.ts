import {GtError, type RigRef} from '@gtown/sdk'
import {addressOfWorker, type WorkerRef, withRecordLock} from '@gtown/workers'
import {type Finished, listRemoved, type RemovedList, removalEvents, restore} from '@gtown/workers/put-away'
import {note} from './note.js'
import {removalContext} from './removal-context.js'
import type {Services} from './services.js'

/** The sandboxes of a rig that were put away. Warns of those without a usable manifest. */
export async function removedOf({git, warn}: Services, {rig}: RigRef): Promise<RemovedList> {
  const list = await listRemoved({git, rig})
  for (const folder of list.unknown) warn(`${folder} holds a sandbox, but no readable manifest`)
  return list
}

export interface Restored extends Finished {
  id: string
}

/**
 * Restores a worker's sandbox: the one of that id, or the one that was put away last. Rejects with `NOT_REMOVED` if
 * there is none.
 *
 * @param as the worker that it becomes
 */
export async function restoreWorker(
  services: Services,
  ref: WorkerRef,
  {id, as}: {id: string | undefined; as: WorkerRef},
): Promise<Restored> {
  const {sandboxes} = await removedOf(services, ref)
  const chosen = sandboxes.findLast(
    (sandbox) => sandbox.name === ref.name && sandbox.id === (id ?? sandbox.id),
  )
  if (!chosen) throw notRemoved(ref)
  const request = {...removalContext(services, ref), id: chosen.id, as: as.name}
  const restored = await withRecordLock(as, () => restore(request))
  await note(services, as, removalEvents.restored(as.rig.name, {...restored, id: chosen.id}))
  return {...restored, id: chosen.id}
}

/** The error for a worker without a sandbox that was put away. */
export function notRemoved(ref: WorkerRef): GtError {
  return new GtError(`no sandbox of ${addressOfWorker(ref)} was put away`, {
    code: 'NOT_REMOVED',
    hint: `See what there is with: gt polecat list ${ref.rig.name} --removed`,
  })
}
