import {join} from 'node:path'
import {type HostEvent, isGtError, type RigRef} from '@gtown/sdk'
import {
  dropOldPins,
  listRemoved,
  measureRemoved,
  purge,
  type RemovedSandbox,
  removalEvents,
} from '@gtown/workers/put-away'
import type {PatrolState, Refusal} from '../memory/memory.js'
import type {PatrolServices} from '../services.js'
import type {Thresholds} from '../settings/threshold-table.js'
import {oneMore} from './refusals.js'

/** Milliseconds for deleting in one cycle. A large sandbox takes several cycles. */
const SLICE_MS = 250

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Cycles from one look for old commits to the next. */
const PIN_CYCLES = 100

export interface PurgeDuty {
  services: PatrolServices
  ref: RigRef
  thresholds: Thresholds
  /** The earlier cycles' failures. */
  state: Pick<PatrolState, 'cycle' | 'purges'>
}

export interface Purges {
  /** What became of sandboxes, for the logs. */
  events: HostEvent[]
  /** The sandboxes that cannot be purged, by id. They are tried again in the next cycle. */
  failed: Record<string, Refusal>
}

/**
 * Deletes sandboxes that were put away, a part in each cycle: those of long ago, and the oldest if they take too much
 * space. Deletes only those that the gate called safe; the others are the user's to delete.
 */
export async function purgeRemoved(duty: PurgeDuty): Promise<Purges> {
  const until = Date.now() + SLICE_MS
  const purges: Purges = {events: [], failed: {}}
  for (const due of await orWarn(duty.services, [], () => findDue(duty, until))) {
    if (Date.now() >= until) {
      // Not tried in this cycle, so it keeps its failures.
      const before = duty.state.purges[due.id]
      if (before) purges.failed[due.id] = before
    } else await purgeOne(duty, due, {until, purges})
  }
  await forgetOldCommits(duty)
  return purges
}

async function purgeOne(
  {services, ref, state}: PurgeDuty,
  {id, name}: Due,
  {until, purges}: {until: number; purges: Purges},
): Promise<void> {
  const kept = {id, name: name ?? id}
  const left = await attempt(async () => {
    const purged = await purge({git: services.git, ...ref, processesIn: services.processesIn, id, until})
    if (purged.outcome === 'purged') purges.events.push(removalEvents.purged(kept, purged.undo))
    return purged.outcome === 'blocked' ? purged.left : undefined
  })
  if (!left) return
  const failure = oneMore(state.purges[id], left.join('; '))
  purges.failed[id] = failure
  if (failure.cycles === 1) purges.events.push(removalEvents.purgeBlocked(ref.rig.name, kept, left))
}

/** The reasons for which a sandbox was not purged; undefined if nothing is wrong. */
async function attempt(work: () => Promise<readonly string[] | undefined>) {
  try {
    return await work()
  } catch (error) {
    if (!isGtError(error)) throw error
    return [error.message]
  }
}

/** A failure is a warning. The next cycles try again. */
async function orWarn<T>(services: PatrolServices, otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isGtError(error)) throw error
    services.warn(error.message)
    return otherwise
  }
}

interface Due {
  id: string
  /** Undefined if the worker's name is no longer known. */
  name: string | undefined
}

/** Purges that have begun come first, then the oldest. */
async function findDue(duty: PurgeDuty, until: number): Promise<Due[]> {
  const {services, ref, thresholds} = duty
  const {sandboxes, purging} = await listRemoved({git: services.git, ...ref})
  const clean = sandboxes.filter(({state, verdict}) => state === 'removed' && verdict.is === 'safe')
  const now = services.clock().wallMs
  const isOlder = (ms: number) => (sandbox: RemovedSandbox) => Date.parse(sandbox.removedAt) <= now - ms
  const old = clean.filter(isOlder(thresholds.keepRemovedDays * DAY_MS))
  if (old.length > 0 || purging.length > 0) return [...purging, ...old]
  // What was just put away stays for a while, however little space there is: the user may want it back.
  const [oldest] = clean.filter(isOlder(HOUR_MS))
  return oldest && (await isTooMuch(duty, {clean, until})) ? [oldest] : []
}

/** Whether the disk is nearly full, or the sandboxes together take too much of it. */
async function isTooMuch(
  {services, ref, thresholds}: PurgeDuty,
  {clean, until}: {clean: readonly RemovedSandbox[]; until: number},
): Promise<boolean> {
  const {total, free} = await services.diskSpace(join(ref.rig.path, 'polecats'))
  if (free < Math.min(thresholds.keepFreeDisk, total / 10)) return true
  let bytes = 0
  for (const {id} of clean) {
    // One that is not measured yet does not count: the next cycles measure it.
    bytes += (await measureRemoved({git: services.git, ...ref}, {id, until})) ?? 0
  }
  return bytes > Math.min(thresholds.keepRemovedSize, total / 10)
}

async function forgetOldCommits({services, ref, thresholds, state}: PurgeDuty): Promise<void> {
  if (state.cycle % PIN_CYCLES !== 0) return
  const before = services.clock().wallMs - thresholds.keepCommitsDays * DAY_MS
  await orWarn(services, [], () => dropOldPins({git: services.git, ...ref}, before))
}
