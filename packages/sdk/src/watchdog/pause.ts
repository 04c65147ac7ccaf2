import {rm} from 'node:fs/promises'
import {readStateFile, unwritable, writeStateFile} from '../files/index.js'
import * as v from '../schema/index.js'

const textOrNone = v.fallback(v.text, '')

const format = v.objectOf({
  paused: v.boolean(),
  reason: textOrNone,
  /** ISO 8601; empty when absent. */
  paused_at: textOrNone,
  paused_by: textOrNone,
})

/** A pause of a watchdog, which then only observes. The keys are those of its file. */
export type Pause = v.InferOutput<typeof format>

export interface PauseOptions {
  reason: string
  /** Who pauses it, such as `human`. */
  by: string
  /** Folders above the file's own to create when missing, the outermost first. */
  parents?: readonly string[]
}

/**
 * The pause in this file; undefined when there is no file, or when it says that the pause is over. An unusable file was
 * written to request a pause: it is set aside and counts as one until `resume`. Rejects with `UNREADABLE` or `UNWRITABLE`
 * when the file cannot be read or cannot be set aside.
 *
 * @param file absolute path
 */
export async function readPause(file: string): Promise<Pause | undefined> {
  const {state, setAside} = await readStateFile(file, format)
  if (setAside === undefined) return state?.paused ? state : undefined
  return await pause(file, {reason: `its pause file could not be used: see ${setAside}`, by: 'gt'})
}

/** Pauses the watchdog, or replaces the reason. Rejects with `UNWRITABLE`. */
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
