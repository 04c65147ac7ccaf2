import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import {readStateFile, unwritable, writeStateFile} from '@gtown/sdk/files'

/** Why a rig's patrol only looks, with the keys of its file. */
export interface Pause {
  paused: boolean
  reason: string
  /** ISO 8601. */
  paused_at: string
  paused_by: string
}

const pauseFile = (rigPath: string) => join(rigPath, '.runtime', 'witness-paused.json')

/** The pause; undefined when the patrol is not paused. Rejects when the file is there and tells nothing. */
export async function readPause(rigPath: string): Promise<Pause | undefined> {
  const {state, setAside} = await readStateFile(pauseFile(rigPath), parse)
  if (setAside === undefined) return state?.paused ? state : undefined
  // Whoever wrote it wanted a pause.
  return await pause(rigPath, {reason: `its pause file could not be used: see ${setAside}`, by: 'gt'})
}

/** From now on the patrol of the rig looks and does nothing. */
export async function pause(rigPath: string, {reason, by}: {reason: string; by: string}): Promise<Pause> {
  const state = {paused: true, reason, paused_at: new Date().toISOString(), paused_by: by}
  await writeStateFile(pauseFile(rigPath), state)
  return state
}

/** Ends the pause. Idempotent. */
export async function resume(rigPath: string): Promise<void> {
  try {
    await rm(pauseFile(rigPath), {force: true})
  } catch (error) {
    throw unwritable(pauseFile(rigPath), error)
  }
}

function parse(value: unknown): Pause | undefined {
  const {paused, reason = '', paused_at = '', paused_by = ''} = (value ?? {}) as Partial<Pause>
  if (typeof paused !== 'boolean') return undefined
  return {paused, reason: String(reason), paused_at: String(paused_at), paused_by: String(paused_by)}
}
