import {
  type FleetEntry,
  type Host,
  isGtError,
  type RigPatrol,
  type RigRef,
  type RoleDefinition,
} from '@gtown/sdk'

/** An observation of a rig's witness. */
export interface ObservedWitness {
  rig: string
  is: 'seen'
  standing: RigPatrol['standing']
  /** The reason of the rig's standing, if one was given. */
  reason?: string
  /** True if it should run. */
  desired: boolean
  liveness: 'alive' | 'dead' | 'absent' | 'outlived'
  /** The incarnation of its session, if there is one. */
  incarnation?: string
  /** Its stop has begun. */
  stopping: boolean
  /** A signal froze its process. */
  frozen: boolean
  /** A terminal shows it. */
  attached: boolean
  /** Present for a witness without AI. Only that one reports its cycles. */
  patrol?: {
    /** Expected milliseconds per cycle: the interval, or the duration of the last cycle if longer. */
    cycleMs: number
    /** ISO 8601; absent if no cycle has ended yet. */
    lastCycleAt?: string
  }
}

export type Observation = ObservedWitness | {rig: string; is: 'unknown'; why: string}

/**
 * Observes the witnesses of all rigs, in one round trip to each backend. A witness that cannot be checked becomes
 * unknown and does not fail the others.
 */
export async function observeWitnesses(
  host: Host,
  witness: RoleDefinition,
  refs: readonly RigRef[],
): Promise<Observation[]> {
  const entries = await host.sessions.fleetStatus(witness, refs)
  return await Promise.all(entries.map((entry) => observeOne(host, entry)))
}

async function observeOne(host: Host, entry: FleetEntry): Promise<Observation> {
  const {ref} = entry
  const rig = ref.rig.name
  if ('error' in entry) return {rig, is: 'unknown', why: messageOf(entry.error)}
  try {
    return seen(rig, entry.status, await host.patrol.read(ref))
  } catch (error) {
    if (!isGtError(error)) throw error
    return {rig, is: 'unknown', why: messageOf(error)}
  }
}

function seen(
  rig: string,
  {desired, liveness, session, evidence}: Extract<FleetEntry, {status: unknown}>['status'],
  {standing, reason, intervalMs, lastCycle}: RigPatrol,
): ObservedWitness {
  const cycleMs = Math.max(intervalMs, lastCycle?.tookMs ?? 0)
  return {
    rig,
    is: 'seen',
    standing,
    ...(reason !== undefined && {reason}),
    desired: desired === 'running',
    liveness,
    ...(session && {incarnation: session.incarnation}),
    stopping: session?.stopping ?? false,
    frozen: evidence.process?.value === 'stopped',
    attached: (session?.attached ?? 0) > 0,
    ...(session?.labels.kind === 'patrol' && {
      patrol: {cycleMs, ...(lastCycle && {lastCycleAt: lastCycle.at})},
    }),
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}
