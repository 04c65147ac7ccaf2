import {dirname, join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {peekStateFile, readStateFile, type StateRead, writeStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'
import {watchFolder} from '../pause.js'
import {failuresByRig, openIncidents} from './incidents.js'
import {markFormat} from './marks.js'
import {witnessFormat} from './report.js'

const format = v.openObject({
  version: v.literal(1),
  cycle: v.wholeNumber,
  /** When that cycle was, ISO 8601. */
  at: v.text,
  /** The start of the machine that the marks are counted from. */
  boot: v.text,
  marks: v.recordOf(markFormat),
  incidents: openIncidents,
  failures: failuresByRig,
  witnesses: v.listOf(witnessFormat),
})

/** What one cycle of the watch leaves for the next. Losing it costs time, and one cycle in which nothing is done. */
export type WatchState = v.InferOutput<typeof format>

export const watchStateFile = (town: Town) => join(watchFolder(town), 'watch.json')

/** What the cycle before left. A file that cannot be used is renamed to `setAside`. */
export function readWatchState(town: Town): Promise<StateRead<WatchState>> {
  return readStateFile(watchStateFile(town), format)
}

/** The same for whoever must change nothing. */
export function peekWatchState(town: Town): Promise<WatchState | undefined> {
  return peekStateFile(watchStateFile(town), format)
}

export async function writeWatchState(town: Town, state: WatchState): Promise<void> {
  await writeStateFile(watchStateFile(town), state, [dirname(watchFolder(town))])
}
