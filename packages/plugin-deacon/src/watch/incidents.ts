import type {Decision} from './decide.js'
import type {Told, WitnessReport} from './report.js'

/** Something that a person was told of, and that is not over yet. */
interface OpenIncident {
  rig: string
  cause: string
}

/** By their ids. */
export type OpenIncidents = Readonly<Record<string, OpenIncident>>

/** Why the last restart of a rig's witness failed, in one line. */
export type Failures = Readonly<Record<string, string>>

/** Each incident once, and its end. A look that tells nothing ends none, and a loop ends when its crashes are forgotten. */
export function toTell(
  decisions: readonly Decision[],
  {open, failures}: {open: OpenIncidents; failures: Failures},
): Told[] {
  return decisions.flatMap((decision) => {
    const begun = begunBy(decision, failures)
    const fresh = begun.filter(({id}) => !Object.hasOwn(open, id))
    const lasting = new Set(begun.map(({id}) => id))
    return [...fresh, ...endedBy(decision, open).filter(({id}) => !lasting.has(id))]
  })
}

function begunBy({rig, action, detail}: Decision, failures: Failures): Told[] {
  if (action.kind !== 'escalate') return []
  const {cause} = action
  const failure = Object.hasOwn(failures, rig) ? `its last restart failed: ${failures[rig]}` : undefined
  const words = [detail, failure].filter((text) => text !== undefined).join('; ')
  const id = `deacon:${rig}/witness:${cause.replaceAll(' ', '-')}`
  return [{status: 'open', id, rig, cause, ...(words && {detail: words})}]
}

function endedBy({rig, finding, crashLooping}: Decision, open: OpenIncidents): Told[] {
  if (finding === 'unknown' || finding === 'skipped') return []
  return Object.entries(open)
    .filter(([, of]) => of.rig === rig && !(of.cause === 'crash-looping' && crashLooping))
    .map(([id, {cause}]) => ({status: 'resolved', id, rig, cause}))
}

/** The open incidents after these were told. */
export function afterwards(open: OpenIncidents, told: readonly Told[]): OpenIncidents {
  const next: Record<string, OpenIncident> = {...open}
  for (const {status, id, rig, cause} of told) {
    if (status === 'open') next[id] = {rig, cause}
    else delete next[id]
  }
  return next
}

/** What is to be remembered of restarts that failed, until one goes well or the witness is well without. */
export function failuresAfter(before: Failures, witnesses: readonly WitnessReport[]): Failures {
  const next: Record<string, string> = {...before}
  for (const {rig, finding, outcome} of witnesses) {
    if (outcome?.is === 'failed') next[rig] = outcome.detail ?? ''
    else if (outcome || finding === 'well') delete next[rig]
  }
  return next
}
