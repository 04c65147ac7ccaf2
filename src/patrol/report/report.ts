import {join} from 'node:path'
import {parseStateFile, replacePrivateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {actionFormat, VERDICTS} from '../actions.js'
import {outcomeFormat} from './outcome.js'

const carried = v.openObject({action: actionFormat, outcome: v.exactOptional(outcomeFormat)})

/** An action with its outcome, which is absent in a dry run. */
export type Carried = v.InferOutput<typeof carried>

const evidence = v.openObject({
  signal: v.text,
  source: v.text,
  value: v.union([v.text, v.number, v.boolean()]),
  ageMs: v.number,
  detail: v.exactOptional(v.text),
})

const reported = v.openObject({
  name: v.text,
  incarnation: v.optional(v.text),
  /** The matching row of the table. */
  row: v.text,
  verdict: v.picklist(VERDICTS),
  evidence: v.listOf(evidence),
  actions: v.listOf(carried),
})

const format = v.openObject({
  version: v.literal(1),
  rig: v.text,
  cycle: v.count,
  /** ISO 8601. */
  at: v.text,
  /** Duration in milliseconds. */
  tookMs: v.number,
  dryRun: v.boolean(),
  /** Why the cycle only observed; absent when it acted. */
  doubt: v.exactOptional(v.text),
  polecats: v.listOf(reported),
  rigActions: v.listOf(carried),
})

/** What one cycle observed, decided and did. */
export type CycleReport = v.InferOutput<typeof format>

const reportFile = (rigPath: string) => join(rigPath, '.runtime', 'witness-last-cycle.json')

/** Stores the report for `gt witness why`. */
export async function writeReport(rigPath: string, report: CycleReport): Promise<void> {
  await replacePrivateFile(reportFile(rigPath), `${JSON.stringify(report)}\n`)
}

/**
 * The last cycle's report; undefined when there is none, or when another version of gt wrote it. The next cycle
 * replaces it. Rejects with `UNREADABLE`.
 */
export async function readReport(rigPath: string): Promise<CycleReport | undefined> {
  const content = parseStateFile(reportFile(rigPath), format, {followLinks: true})
  if (content.is === 'no file') throw content.error
  return content.is === 'usable' ? content.state : undefined
}
