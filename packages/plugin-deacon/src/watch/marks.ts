import * as v from '@gtown/sdk/schema'
import type {ClockReading} from './clock.js'
import type {Sight} from './sight.js'

export const markFormat = v.openObject({
  /** The life of the session, whether a stop of it has begun, and its last cycle. */
  of: v.text,
  /** By the monotonic clock. */
  sinceMs: v.number,
})

/** Since when what is looked at has been the same. */
export type Mark = v.InferOutput<typeof markFormat>

/** Of each rig that was seen, since when it has been the same. Nothing is known of a time before this start of the machine. */
export function mark(
  sights: readonly Sight[],
  before: {marks: Readonly<Record<string, Mark>>; boot: string} | undefined,
  clock: ClockReading,
): Record<string, Mark> {
  const known = before?.boot === clock.boot ? before.marks : {}
  const marks = sights.flatMap((sight): [string, Mark][] => {
    const last = Object.hasOwn(known, sight.rig) ? known[sight.rig] : undefined
    if (sight.is === 'unknown') return last ? [[sight.rig, last]] : []
    const {incarnation = '', stopping, patrol} = sight
    const of = [incarnation, stopping ? 'stopping' : '', patrol?.lastCycleAt ?? ''].join(' ')
    const same = last?.of === of && last.sinceMs <= clock.monotonicMs
    return [[sight.rig, same ? last : {of, sinceMs: clock.monotonicMs}]]
  })
  return Object.fromEntries(marks)
}

/** For how many milliseconds each rig's witness has been the same. */
export function unchanged(
  marks: Readonly<Record<string, Mark>>,
  {monotonicMs}: ClockReading,
): ReadonlyMap<string, number> {
  return new Map(Object.entries(marks).map(([rig, {sinceMs}]) => [rig, monotonicMs - sinceMs]))
}
