import {
  type FleetEntry,
  type Host,
  isGtError,
  type RigPatrol,
  type RigRef,
  type RoleDefinition,
} from '@gtown/sdk'

/** What one look tells of a rig's witness. */
export interface SeenWitness {
  rig: string
  is: 'seen'
  standing: RigPatrol['standing']
  /** Why the rig stands as it does, where somebody said so. */
  reason?: string
  /** True when it should run. */
  desired: boolean
  liveness: 'alive' | 'dead' | 'absent' | 'outlived'
  /** Of its session, where there is one. */
  incarnation?: string
  /** A stop of it has begun. */
  stopping: boolean
  /** A signal froze its process. */
  frozen: boolean
  /** A terminal shows it. */
  attached: boolean
  /** Of a witness without AI: only that tells its cycles. */
  patrol?: {
    /** Milliseconds that a cycle may take at least: an interval, or as long as the last one took. */
    cycleMs: number
    /** ISO 8601; absent where no cycle has ended yet. */
    lastCycleAt?: string
  }
}

export type Sight = SeenWitness | {rig: string; is: 'unknown'; why: string}

/** Looks at the witnesses of all rigs, in one round trip to each backend. One that cannot be told takes no other down. */
export async function lookAtWitnesses(
  host: Host,
  witness: RoleDefinition,
  refs: readonly RigRef[],
): Promise<Sight[]> {
  const entries = await host.sessions.fleetStatus(witness, refs)
  return await Promise.all(entries.map((entry) => sightOf(host, entry)))
}

async function sightOf(host: Host, entry: FleetEntry): Promise<Sight> {
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
): SeenWitness {
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
