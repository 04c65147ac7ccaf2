import type {ClockReading} from './clock.js'
import type {Decision} from './decide.js'
import type {Sight} from './sight.js'

/** Since when what is looked at has been the same. */
export interface Mark {
  /** The life of the session, whether a stop of it has begun, and its last cycle. */
  of: string
  /** By the monotonic clock. */
  sinceMs: number
}

/** Something that a person was told of, and that is not over yet. */
export interface OpenIncident {
  rig: string
  cause: string
}

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

/** What is to be told: incidents that are new, and those that are over. */
export interface Told {
  status: 'open' | 'resolved'
  /** The same at both. */
  id: string
  rig: string
  cause: string
  detail?: string
}

/** Each incident once, and its end. A look that tells nothing ends none, and a loop ends when its crashes are forgotten. */
export function toTell(decisions: readonly Decision[], open: Readonly<Record<string, OpenIncident>>): Told[] {
  return decisions.flatMap(({rig, finding, detail, action, crashLooping}): Told[] => {
    const raised = action.kind === 'escalate' ? incidentId(rig, action.cause) : undefined
    const opened: Told[] =
      action.kind === 'escalate' && raised !== undefined && !Object.hasOwn(open, raised)
        ? [{status: 'open', id: raised, rig, cause: action.cause, ...(detail !== undefined && {detail})}]
        : []
    if (finding === 'unknown' || finding === 'skipped') return opened
    const over = Object.entries(open).filter(
      ([id, of]) => of.rig === rig && id !== raised && !(of.cause === 'crash-looping' && crashLooping),
    )
    return [...opened, ...over.map(([id, {cause}]): Told => ({status: 'resolved', id, rig, cause}))]
  })
}

/** The open incidents after these were told. */
export function afterwards(
  open: Readonly<Record<string, OpenIncident>>,
  told: readonly Told[],
): Record<string, OpenIncident> {
  const next = {...open}
  for (const {status, id, rig, cause} of told) {
    if (status === 'open') next[id] = {rig, cause}
    else delete next[id]
  }
  return next
}

const incidentId = (rig: string, cause: string) => `deacon:${rig}/witness:${cause.replaceAll(' ', '-')}`
