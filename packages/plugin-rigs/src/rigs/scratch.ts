import {mkdir, readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, isAbandoned, makeStamp, unreadable, unwritable} from '@gtown/sdk/files'

const PREFIX = '.rig-scratch.'

/**
 * Runs work with an empty directory of its own in the town, hence on the same file system: what is made there
 * can be renamed into place, and what is renamed to there is deleted. The directory is removed in any case; one
 * that a killed gt left behind is removed by the next call.
 */
export async function withScratch<T>(townRoot: string, work: (directory: string) => Promise<T>): Promise<T> {
  await removeAbandoned(townRoot)
  const directory = join(townRoot, `${PREFIX}${await makeStamp()}`)
  try {
    await mkdir(directory)
  } catch (error) {
    throw unwritable(townRoot, error)
  }
  try {
    return await work(directory)
  } finally {
    await remove(directory)
  }
}

async function removeAbandoned(townRoot: string): Promise<void> {
  const names = (await namesIn(townRoot)).filter((name) => name.startsWith(PREFIX))
  for (const name of names) {
    if (await isAbandoned(name.slice(PREFIX.length))) await removeIfAllowed(join(townRoot, name))
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    throw unreadable(directory, error)
  }
}

/** What another user's gt left behind is in nobody's way. */
async function removeIfAllowed(directory: string): Promise<void> {
  try {
    await remove(directory)
  } catch (error) {
    if (!hasErrno(error, 'EACCES', 'EPERM')) throw error
  }
}

/** Retries, for a clone whose gt was killed may take a moment to notice, and writes until then. */
async function remove(directory: string): Promise<void> {
  await rm(directory, {recursive: true, force: true, maxRetries: 5})
}
