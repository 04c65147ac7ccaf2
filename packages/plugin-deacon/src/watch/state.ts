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
  /** Time of the cycle, ISO 8601. */
  at: v.text,
  /** The boot from which the marks count. */
  boot: v.text,
  marks: v.recordOf(markFormat),
  incidents: openIncidents,
  failures: failuresByRig,
  witnesses: v.listOf(witnessFormat),
})

/** The state that one cycle of the watch leaves for the next. Losing it costs time, and one cycle without actions. */
export type WatchState = v.InferOutput<typeof format>

export const watchStateFile = (town: Town) => join(watchFolder(town), 'watch.json')

/** The previous cycle's state. An unusable file is renamed to `setAside`. */
export function readWatchState(town: Town): Promise<StateRead<WatchState>> {
  return readStateFile(watchStateFile(town), format)
}

/** Like `readWatchState`, but changes nothing. */
export function peekWatchState(town: Town): Promise<WatchState | undefined> {
  return peekStateFile(watchStateFile(town), format)
}

export async function writeWatchState(town: Town, state: WatchState): Promise<void> {
  await writeStateFile(watchStateFile(town), state, [dirname(watchFolder(town))])
}
