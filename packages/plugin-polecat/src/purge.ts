import {GtError, isGtError, type RigRef, usageError} from '@gtown/sdk'
import {addressOfWorker, type WorkerRef} from '@gtown/workers'
import {purge, type RemovedSandbox, removalEvents} from '@gtown/workers/put-away'
import {note} from './note.js'
import {removalContext} from './removal-context.js'
import {notRemoved, removedOf} from './removed.js'
import type {Services} from './services.js'

/**
 * `undo`: the command that makes a branch of its commits. `kept`: the sandbox was not purged, for these reasons. `blocked`: parts of it cannot be
 * deleted.
 */
export type PurgeOutcome = {id: string; name: string} & (
  | {outcome: 'purged'; undo?: string}
  | {outcome: 'kept' | 'blocked'; reasons: readonly string[]; hint?: string}
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

/**
 * Deletes all sandboxes of a rig that were put away at least `days` ago, and finishes deletions that were interrupted.
 * Unclean ones stay unless `unclean` is set.
 */
export async function purgeOld(
  services: Services,
  rig: RigRef,
  {days, unclean}: {days: number; unclean: boolean},
): Promise<PurgeOutcome[]> {
  const before = Date.now() - days * 24 * 3_600_000
  const outcomes: PurgeOutcome[] = []
  const {sandboxes, purging} = await removedOf(services, rig)
  const begun = purging.map(({id, name = id}) => ({id, name}))
  const old = sandboxes.filter(({removedAt}) => Date.parse(removedAt) <= before)
  for (const {id, name} of [...begun, ...old]) {
    try {
      outcomes.push(await purgeOne(services, rig, {id, name, unclean}))
    } catch (error) {
      if (!isGtError(error)) throw error
      outcomes.push({
        id,
        name,
        outcome: 'kept',
        reasons: [error.message],
        ...(error.hint && {hint: error.hint}),
      })
    }
  }
  return outcomes
}

/** Deletes one sandbox. Rejects as `purge` does. */
export async function purgeOne(
  services: Services,
  rig: RigRef,
  {id, name, unclean}: {id: string; name: string; unclean: boolean},
): Promise<PurgeOutcome> {
  const purged = await purge({...removalContext(services, rig), id, unclean})
  const ref = {...rig, name}
  if (purged.outcome === 'blocked') {
    await note(services, ref, removalEvents.purgeBlocked(rig.rig.name, {id, name}, purged.left))
    return {id, name, outcome: 'blocked', reasons: purged.left}
  }
  const undo = purged.outcome === 'purged' ? purged.undo : undefined
  await note(services, ref, removalEvents.purged({id, name}, undo))
  return {id, name, outcome: 'purged', ...(undo !== undefined && {undo})}
}

/** @returns days */
export function parseAge(text: string): number {
  const [, number, unit] = /^(\d+)([dh])$/.exec(text.trim()) ?? []
  if (number === undefined) throw usageError(`'${text}' is not an age`, 'Write 7d or 12h.')
  return unit === 'd' ? Number(number) : Number(number) / 24
}

function ambiguous(ref: WorkerRef, named: readonly Pick<RemovedSandbox, 'id'>[]): GtError {
  const ids = named.map(({id}) => id)
  return new GtError(`${addressOfWorker(ref)} was put away ${ids.length} times: ${ids.join(', ')}`, {
    code: 'AMBIGUOUS',
    hint: `Say which: gt polecat purge ${addressOfWorker(ref)} --id ${ids[0]}`,
    details: {ids},
  })
}
