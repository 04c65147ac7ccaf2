import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, replacePrivateFile, unreadable} from '@gtown/sdk/files'
import type {Action, PolecatDecision} from '../actions.js'
import type {Outcome} from './outcome.js'

/** An action and what became of it; without an outcome in a dry run. */
export interface Carried {
  action: Action
  outcome?: Outcome
}

/** What one cycle found, decided and did. */
export interface CycleReport {
  version: 1
  rig: string
  cycle: number
  /** ISO 8601. */
  at: string
  /** Milliseconds from the first look to the last action. */
  tookMs: number
  dryRun: boolean
  /** Why the cycle only looked; absent when it acted. */
  doubt?: string
  polecats: readonly (Omit<PolecatDecision, 'actions'> & {actions: readonly Carried[]})[]
  rigActions: readonly Carried[]
}

const reportFile = (rigPath: string) => join(rigPath, '.runtime', 'witness-last-cycle.json')

/** Keeps what the cycle found, for whoever asks why. */
export async function writeReport(rigPath: string, report: CycleReport): Promise<void> {
  await replacePrivateFile(reportFile(rigPath), `${JSON.stringify(report)}\n`)
}

/** What the last cycle found; undefined when there was none, or when another version of gt wrote it. */
export async function readReport(rigPath: string): Promise<CycleReport | undefined> {
  try {
    const report = JSON.parse(await readFile(reportFile(rigPath), 'utf8')) as CycleReport | null
    return report?.version === 1 ? report : undefined
  } catch (error) {
    if (hasErrno(error, 'ENOENT') || error instanceof SyntaxError) return undefined
    throw unreadable(reportFile(rigPath), error)
  }
}
