import {rm} from 'node:fs/promises'
import {readStateFile, unwritable, writeStateFile} from '../files/index.js'
import * as v from '../schema/index.js'

const textOrNone = v.fallback(v.text, '')

const format = v.objectOf({
  paused: v.boolean(),
  reason: textOrNone,
  /** ISO 8601; empty where the file does not say. */
  paused_at: textOrNone,
  paused_by: textOrNone,
})

/** Why a watchdog only looks, with the keys of its file. */
export type Pause = v.InferOutput<typeof format>

export interface PauseOptions {
  reason: string
  /** Who pauses it, such as `human`. */
  by: string
  /** Folders above the file's own that may have to be made first, the outermost first. */
  parents?: readonly string[]
}

/**
 * The pause that this file holds; undefined when there is no file, or when the file says that the pause is over. A file
 * that says neither is set aside and counts as a pause until `resume`: whoever wrote it wanted one. Rejects with
 * `UNREADABLE` or `UNWRITABLE` where that cannot be told or done.
 *
 * @param file absolute path
 */
export async function readPause(file: string): Promise<Pause | undefined> {
  const {state, setAside} = await readStateFile(file, format)
  if (setAside === undefined) return state?.paused ? state : undefined
  return await pause(file, {reason: `its pause file could not be used: see ${setAside}`, by: 'gt'})
}

/** Pauses the watchdog from now on, or replaces the reason. Rejects with `UNWRITABLE`. */
export async function pause(file: string, {reason, by, parents}: PauseOptions): Promise<Pause> {
  const state = {paused: true, reason, paused_at: new Date().toISOString(), paused_by: by}
  await writeStateFile(file, state, parents)
  return state
}

/** Ends the pause. Idempotent. Rejects with `UNWRITABLE`. */
export async function resume(file: string): Promise<void> {
  try {
    await rm(file, {force: true})
  } catch (error) {
    throw unwritable(file, error)
  }
}
