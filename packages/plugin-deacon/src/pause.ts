import {rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {readStateFile, unwritable, writeStateFile} from '@gtown/sdk/files'

/** The pause of a deacon, with the keys of its file. */
export interface Pause {
  paused: boolean
  reason: string
  /** ISO 8601. */
  paused_at: string
  paused_by: string
}

export const pauseFile = ({root}: Town) => join(root, '.runtime', 'deacon', 'paused.json')

/**
 * The pause; undefined when the deacon is not paused. A file that cannot be used is set aside, and the deacon counts
 * as paused: whoever wrote it wanted that.
 */
export async function readPause(town: Town): Promise<Pause | undefined> {
  const {state, setAside} = await readStateFile(pauseFile(town), parsePause)
  if (setAside === undefined) return state?.paused ? state : undefined
  return await pause(town, {reason: `its pause file could not be used: see ${setAside}`, pausedBy: 'gt'})
}

/** Pauses the deacon of the town from now on. */
export async function pause(
  town: Town,
  {reason, pausedBy}: {reason: string; pausedBy: string},
): Promise<Pause> {
  const file = pauseFile(town)
  const state = {paused: true, reason, paused_at: new Date().toISOString(), paused_by: pausedBy}
  await writeStateFile(file, state, [dirname(dirname(file))])
  return state
}

/** Ends the pause. Idempotent. */
export async function resume(town: Town): Promise<void> {
  try {
    await rm(pauseFile(town), {force: true})
  } catch (error) {
    throw unwritable(pauseFile(town), error)
  }
}

function parsePause(value: unknown): Pause | undefined {
  const {paused, reason = '', paused_at, paused_by = ''} = (value ?? {}) as Partial<Pause>
  if (typeof paused !== 'boolean' || typeof paused_at !== 'string') return undefined
  return {paused, reason: String(reason), paused_at, paused_by: String(paused_by)}
}
