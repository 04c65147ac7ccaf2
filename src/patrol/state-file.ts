import {constants} from 'node:fs'
import {open, rename} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {hasErrno, makeOwnFolder, replacePrivateFile, unreadable, unwritable} from '@gtown/sdk/files'
import type {PatrolState} from './memory.js'
import {isPatrolState} from './state-format.js'

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
  const file = stateFile(rigPath)
  const text = await readText(file)
  if (text === undefined) return undefined
  const state = parse(text)
  if (isPatrolState(state)) return state
  warn(`${file} is no state of a patrol; it was set aside as ${await setAside(file)}`)
  return undefined
}

/** The same for whoever must change nothing: what cannot be used stays where it is. */
export async function peekState(rigPath: string): Promise<PatrolState | undefined> {
  const text = await readText(stateFile(rigPath))
  const state = text === undefined ? undefined : parse(text)
  return isPatrolState(state) ? state : undefined
}

/** Leaves the state to the next cycle, whole or not at all. Rejects with `UNWRITABLE`. */
export async function writeState(rigPath: string, state: PatrolState): Promise<void> {
  const file = stateFile(rigPath)
  try {
    await makeOwnFolder(join(rigPath, '.runtime'), 0o755)
  } catch (error) {
    throw unwritable(file, error)
  }
  await replacePrivateFile(file, `${JSON.stringify(state, null, 2)}\n`)
}

async function readText(file: string): Promise<string | undefined> {
  try {
    // A link might lead anywhere, and opening a named pipe would wait for a writer.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    try {
      if ((await handle.stat()).isFile()) return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw unreadable(file, error)
  }
  throw new GtError(`cannot read ${file}: not a regular file`, {code: 'UNREADABLE', hint: 'Remove it.'})
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function setAside(file: string): Promise<string> {
  const aside = `${file}.unusable-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  try {
    await rename(file, aside)
  } catch (error) {
    throw unwritable(aside, error)
  }
  return aside
}
