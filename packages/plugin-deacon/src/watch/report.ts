import * as v from '@gtown/sdk/schema'
import {actionFormat, type Decision} from './decide.js'
import {FINDINGS} from './judge.js'

const outcome = v.pipe(
  v.openObject({is: v.picklist(['done', 'nothing to do', 'failed']), detail: v.ifValid(v.text)}),
  v.transform(v.withoutAbsent),
)
export type Outcome = v.InferOutput<typeof outcome>

/** The finding on one witness, and the action. */
export const witnessFormat = v.pipe(
  v.openObject({
    rig: v.text,
    finding: v.wordOr(FINDINGS, 'unknown'),
    detail: v.ifValid(v.text),
    action: actionFormat,
    /** Absent when nothing was tried. */
    outcome: v.ifValid(outcome),
  }),
  v.transform(v.withoutAbsent),
)
export type WitnessReport = v.InferOutput<typeof witnessFormat>

/** A new or resolved incident of which a person is to be notified. */
export interface Notice {
  status: 'open' | 'resolved'
  /** The same for the start and the end of an incident. */
  id: string
  rig: string
  cause: string
  detail?: string
}

/** What one cycle observed, decided and did. */
export interface CycleReport {
  cycle: number
  /** ISO 8601. */
  at: string
  /** Duration in milliseconds. */
  tookMs: number
  dryRun: boolean
  /** Why nothing was observed; absent when the deacon is not paused. */
  paused?: string
  /** Why the cycle only observed; absent when it acted. */
  doubt?: string
  witnesses: readonly WitnessReport[]
  told: readonly (Notice & {told: boolean; why?: string})[]
}

/** True for a witness that runs as it should, including one that was just restarted. */
export function isWell({finding, outcome}: WitnessReport): boolean {
  return finding === 'well' || finding === 'late' || outcome?.is === 'done'
}

/** The report on one witness, with the outcome of the action. */
export function witnessReport({rig, finding, detail, action}: Decision, outcome?: Outcome): WitnessReport {
  return {rig, finding, ...(detail !== undefined && {detail}), action, ...(outcome && {outcome})}
}
