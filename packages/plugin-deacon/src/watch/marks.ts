import * as v from '@gtown/sdk/schema'
import type {ClockReading} from './clock.js'
import type {Observation} from './observation.js'

export const markFormat = v.openObject({
  /** What must stay the same: the life of the session, a begun stop, and the last cycle. */
  of: v.text,
  /** Start of that state, by the monotonic clock. */
  sinceMs: v.number,
})

/** Since when a witness has been the same. */
export type Mark = v.InferOutput<typeof markFormat>

/** The new mark of each observed rig. Marks from before the last boot are ignored. */
export function mark(
  observations: readonly Observation[],
  before: {marks: Readonly<Record<string, Mark>>; boot: string} | undefined,
  clock: ClockReading,
): Record<string, Mark> {
  const known = before?.boot === clock.boot ? before.marks : {}
  const marks = observations.flatMap((observation): [string, Mark][] => {
    const last = Object.hasOwn(known, observation.rig) ? known[observation.rig] : undefined
    if (observation.is === 'unknown') return last ? [[observation.rig, last]] : []
    const {incarnation = '', stopping, patrol} = observation
    const of = [incarnation, stopping ? 'stopping' : '', patrol?.lastCycleAt ?? ''].join(' ')
    const same = last?.of === of && last.sinceMs <= clock.monotonicMs
    return [[observation.rig, same ? last : {of, sinceMs: clock.monotonicMs}]]
  })
  return Object.fromEntries(marks)
}

/** For how many milliseconds each rig's witness has been the same, by name of the rig. */
export function unchanged(
  marks: Readonly<Record<string, Mark>>,
  {monotonicMs}: ClockReading,
): ReadonlyMap<string, number> {
  return new Map(Object.entries(marks).map(([rig, {sinceMs}]) => [rig, monotonicMs - sinceMs]))
}
