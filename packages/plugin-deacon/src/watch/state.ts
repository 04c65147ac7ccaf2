import {dirname, join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {peekStateFile, readStateFile, writeStateFile} from '@gtown/sdk/files'
import type {Failures, OpenIncidents} from './incidents.js'
import type {Mark} from './marks.js'
import type {WitnessReport} from './report.js'

/** What one cycle of the watch leaves for the next. Losing it costs time, and one cycle in which nothing is done. */
export interface WatchState {
  version: 1
  cycle: number
  /** When that cycle was, ISO 8601. */
  at: string
  /** The start of the machine that the marks are counted from. */
  boot: string
  marks: Readonly<Record<string, Mark>>
  incidents: OpenIncidents
  failures: Failures
  witnesses: readonly WitnessReport[]
}

/** The folder of what the watch keeps, beside the pause of the deacon. */
export const watchFolder = ({root}: Town) => join(root, '.runtime', 'deacon')

export const watchStateFile = (town: Town) => join(watchFolder(town), 'watch.json')

/** What the cycle before left. A file that cannot be used is renamed to `setAside`. */
export function readWatchState(town: Town): Promise<{state?: WatchState; setAside?: string}> {
  return readStateFile(watchStateFile(town), parse)
}

/** The same for whoever must change nothing. */
export function peekWatchState(town: Town): Promise<WatchState | undefined> {
  return peekStateFile(watchStateFile(town), parse)
}

export async function writeWatchState(town: Town, state: WatchState): Promise<void> {
  await writeStateFile(watchStateFile(town), state, [dirname(watchFolder(town))])
}

function parse(value: unknown): WatchState | undefined {
  const state = (value ?? {}) as Partial<Record<keyof WatchState, unknown>>
  const {version, cycle, at, boot, marks, incidents, failures, witnesses} = state
  const isUsable =
    version === 1 &&
    Number.isSafeInteger(cycle) &&
    typeof at === 'string' &&
    typeof boot === 'string' &&
    hasEach(marks, ({of, sinceMs}) => typeof of === 'string' && Number.isFinite(sinceMs)) &&
    hasEach(incidents, ({rig, cause}) => typeof rig === 'string' && typeof cause === 'string') &&
    isObject(failures) &&
    Object.values(failures).every((text) => typeof text === 'string') &&
    Array.isArray(witnesses) &&
    hasEach(witnesses, ({rig, finding, action}) => {
      return typeof rig === 'string' && typeof finding === 'string' && isObject(action)
    })
  return isUsable ? (value as WatchState) : undefined
}

function hasEach(value: unknown, check: (entry: Record<string, unknown>) => boolean): boolean {
  return isObject(value) && Object.values(value).every((entry) => isObject(entry) && check(entry))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
