import * as v from '@gtown/sdk/schema'
import {endedIncidents, wasNotified, withIncidents} from '@gtown/sdk/watchdog'
import type {Decision} from './decide.js'
import type {Notice, WitnessReport} from './report.js'

/** An open incident of which a person was notified. */
const openIncident = v.openObject({rig: v.text, cause: v.text})

/** Open incidents by id. */
export const openIncidents = v.recordOf(openIncident)
export type OpenIncidents = v.InferOutput<typeof openIncidents>

/** Why the last restart of a witness failed, in one line, by name of the rig. */
export const failuresByRig = v.recordOf(v.text)
export type Failures = v.InferOutput<typeof failuresByRig>

/**
 * New and resolved incidents, each once. Without knowledge of the witness no incident ends, and a crash loop ends only
 * when its crashes are forgotten.
 */
export function newNotices(
  decisions: readonly Decision[],
  {open, failures}: {open: OpenIncidents; failures: Failures},
): Notice[] {
  return decisions.flatMap((decision) => {
    const begun = begunBy(decision, failures)
    const fresh = begun.filter(({id}) => !wasNotified(open, id))
    const raised = begun.map(({id}) => id)
    return [...fresh, ...endedBy(decision, open, raised)]
  })
}

function begunBy({rig, action, detail}: Decision, failures: Failures): Notice[] {
  if (action.kind !== 'escalate') return []
  const {cause} = action
  const failure = Object.hasOwn(failures, rig) ? `its last restart failed: ${failures[rig]}` : undefined
  const words = [detail, failure].filter((text) => text !== undefined).join('; ')
  const id = `deacon:${rig}/witness:${cause.replaceAll(' ', '-')}`
  return [{status: 'open', id, rig, cause, ...(words && {detail: words})}]
}

function endedBy(
  {rig, finding, crashLooping}: Decision,
  open: OpenIncidents,
  raised: readonly string[],
): Notice[] {
  if (finding === 'unknown' || finding === 'skipped') return []
  const isOver = (of: OpenIncidents[string]) =>
    of.rig === rig && !(of.cause === 'crash-looping' && crashLooping)
  return endedIncidents(open, raised, isOver).map(([id, {cause}]) => ({status: 'resolved', id, rig, cause}))
}

/** The open incidents after these notifications. */
export function afterwards(open: OpenIncidents, told: readonly Notice[]): OpenIncidents {
  const changes = told.map(
    ({status, id, rig, cause}) => [id, status === 'open' ? {rig, cause} : undefined] as const,
  )
  return withIncidents(open, changes)
}

/** The failed restarts after this cycle. One is forgotten when a restart succeeds or the witness is well. */
export function failuresAfter(before: Failures, witnesses: readonly WitnessReport[]): Failures {
  const next: Record<string, string> = {...before}
  for (const {rig, finding, outcome} of witnesses) {
    if (outcome?.is === 'failed') next[rig] = outcome.detail ?? ''
    else if (outcome || finding === 'well') delete next[rig]
  }
  return next
}
