import {join} from 'node:path'
import {peekStateFile, readStateOrWarn, writeStateFile} from '@gtown/sdk/files'
import {type PatrolState, patrolState} from './memory.js'

export const stateFile = (rigPath: string) => join(rigPath, '.runtime', 'witness.json')

/**
 * What the cycle before left; undefined when there is nothing, or nothing that can be used. A file that was cut, or
 * that holds something else, is renamed and named in a warning, so that the next cycle begins anew and only looks.
 * Rejects with `UNREADABLE` or `UNWRITABLE` when the file is there and cannot be read, or cannot be set aside.
 *
 * @param warn is told in one line
 */
export async function readState(
  rigPath: string,
  warn: (message: string) => void,
): Promise<PatrolState | undefined> {
  return await readStateOrWarn(stateFile(rigPath), patrolState, warn)
}

/** The same for whoever must change nothing: what cannot be used stays where it is. */
export async function peekState(rigPath: string): Promise<PatrolState | undefined> {
  return await peekStateFile(stateFile(rigPath), patrolState)
}

/** Leaves the state to the next cycle, whole or not at all. Rejects with `UNWRITABLE`. */
export async function writeState(rigPath: string, state: PatrolState): Promise<void> {
  await writeStateFile(stateFile(rigPath), state)
}
