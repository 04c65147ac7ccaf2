import * as v from '@gtown/sdk/schema'
import {actionFormat, type Decision} from './decide.js'
import {FINDINGS} from './judge.js'

const outcome = v.pipe(
  v.openObject({is: v.picklist(['done', 'nothing to do', 'failed']), detail: v.ifValid(v.text)}),
  v.transform(v.withoutAbsent),
)
export type Outcome = v.InferOutput<typeof outcome>

/** What was found of one witness, and what was done about it. */
export const witnessFormat = v.pipe(
  v.openObject({
    rig: v.text,
    finding: v.wordOr(FINDINGS, 'unknown'),
    detail: v.ifValid(v.text),
    action: actionFormat,
    /** Absent where nothing was tried. */
    outcome: v.ifValid(outcome),
  }),
  v.transform(v.withoutAbsent),
)
export type WitnessReport = v.InferOutput<typeof witnessFormat>

/** What is to be told: an incident that is new, or one that is over. */
export interface Told {
  status: 'open' | 'resolved'
  /** The same at both. */
  id: string
  rig: string
  cause: string
  detail?: string
}

/** What one cycle found, decided and did. */
export interface CycleReport {
  cycle: number
  /** ISO 8601. */
  at: string
  /** Milliseconds. */
  tookMs: number
  dryRun: boolean
  /** Why nothing was looked at; absent when the deacon is not paused. */
  paused?: string
  /** Why it only looked; absent when it acted. */
  doubt?: string
  witnesses: readonly WitnessReport[]
  told: readonly (Told & {told: boolean; why?: string})[]
}

/** True for a witness that runs as it should, be it because it was restarted just now. */
export function isWell({finding, outcome}: WitnessReport): boolean {
  return finding === 'well' || finding === 'late' || outcome?.is === 'done'
}

/** The report of one witness, with what became of the action. */
export function witnessReport({rig, finding, detail, action}: Decision, outcome?: Outcome): WitnessReport {
  return {rig, finding, ...(detail !== undefined && {detail}), action, ...(outcome && {outcome})}
}
