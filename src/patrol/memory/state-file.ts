import {join} from 'node:path'
import {peekStateFile, readStateOrWarn, writeStateFile} from '@gtown/sdk/files'
import {type PatrolState, patrolState} from './memory.js'

export const stateFile = (rigPath: string) => join(rigPath, '.runtime', 'witness.json')

/**
 * The previous cycle's state; undefined when there is none that can be used. A damaged file is set aside with a warning,
 * so that this cycle starts afresh and only observes. Rejects with `UNREADABLE` or `UNWRITABLE` when the file cannot be
 * read or cannot be set aside.
 *
 * @param warn receives one line
 */
export async function readPatrolState(
  rigPath: string,
  warn: (message: string) => void,
): Promise<PatrolState | undefined> {
  return await readStateOrWarn(stateFile(rigPath), patrolState, warn)
}

/** Like `readPatrolState`, but changes nothing: a damaged file stays where it is. */
export async function peekPatrolState(rigPath: string): Promise<PatrolState | undefined> {
  return await peekStateFile(stateFile(rigPath), patrolState)
}

/** Stores the state for the next cycle, atomically. Rejects with `UNWRITABLE`. */
export async function writePatrolState(rigPath: string, state: PatrolState): Promise<void> {
  await writeStateFile(stateFile(rigPath), state)
}
