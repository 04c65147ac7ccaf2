import {GtError, isGtError, type RigRef, usageError} from '@gtown/sdk'
import {addressOfWorker, type WorkerRef, withRecordLock} from '@gtown/workers'
import {
  type Finished,
  listRemoved,
  purge,
  type RemovedList,
  type RemovedSandbox,
  restore,
} from '@gtown/workers/put-away'
import {removalContext} from './remove.js'
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
  return {...(await withRecordLock(as, () => restore(request))), id: chosen.id}
}

/** `kept`: the sandbox was not purged, for these reasons. `blocked`: parts of it cannot be deleted. */
export type PurgeOutcome = {id: string; name: string} & (
  | {outcome: 'purged'}
  | {outcome: 'kept' | 'blocked'; reasons: readonly string[]}
)

/** Deletes the sandbox of a removed worker. Rejects with `AMBIGUOUS` if several were put away and no id is given. */
export async function purgeWorker(
  services: Services,
  ref: WorkerRef,
  {id, unclean}: {id: string | undefined; unclean: boolean},
): Promise<PurgeOutcome[]> {
  const {sandboxes, purging} = await removedOf(services, ref)
  const named = [...sandboxes, ...purging].filter(
    (entry) => entry.name === ref.name && entry.id === (id ?? entry.id),
  )
  const [chosen] = named
  if (!chosen) throw notRemoved(ref)
  if (named.length > 1) throw ambiguous(ref, named)
  return [await purgeOne(services, ref, {id: chosen.id, name: ref.name, unclean})]
}

/** Deletes all sandboxes of a rig that were put away at least `days` ago. Unclean ones stay unless `unclean` is set. */
export async function purgeOld(
  services: Services,
  rig: RigRef,
  {days, unclean}: {days: number; unclean: boolean},
): Promise<PurgeOutcome[]> {
  const before = Date.now() - days * 24 * 3_600_000
  const outcomes: PurgeOutcome[] = []
  const {sandboxes} = await removedOf(services, rig)
  for (const {id, name} of sandboxes.filter(({removedAt}) => Date.parse(removedAt) <= before)) {
    try {
      outcomes.push(await purgeOne(services, rig, {id, name, unclean}))
    } catch (error) {
      if (!isGtError(error)) throw error
      outcomes.push({id, name, outcome: 'kept', reasons: [error.message]})
    }
  }
  return outcomes
}

async function purgeOne(
  services: Services,
  rig: RigRef,
  {id, name, unclean}: {id: string; name: string; unclean: boolean},
): Promise<PurgeOutcome> {
  const purged = await purge({...removalContext(services, rig), id, unclean})
  if (purged.outcome === 'blocked') return {id, name, outcome: 'blocked', reasons: purged.left}
  return {id, name, outcome: 'purged'}
}

/** @returns days */
export function parseAge(text: string): number {
  const [, number, unit] = /^(\d+)([dh])$/.exec(text.trim()) ?? []
  if (number === undefined) throw usageError(`'${text}' is not an age`, 'Write 7d or 12h.')
  return unit === 'd' ? Number(number) : Number(number) / 24
}

function notRemoved(ref: WorkerRef): GtError {
  return new GtError(`no sandbox of ${addressOfWorker(ref)} was put away`, {
    code: 'NOT_REMOVED',
    hint: `See what there is with: gt polecat list ${ref.rig.name} --removed`,
  })
}

function ambiguous(ref: WorkerRef, named: readonly Pick<RemovedSandbox, 'id'>[]): GtError {
  const ids = named.map(({id}) => id)
  return new GtError(`${addressOfWorker(ref)} was put away ${ids.length} times: ${ids.join(', ')}`, {
    code: 'AMBIGUOUS',
    hint: `Say which: gt polecat purge ${addressOfWorker(ref)} --id ${ids[0]}`,
    details: {ids},
  })
}
