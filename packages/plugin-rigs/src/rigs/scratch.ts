import {mkdir, readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {hasErrno, isAbandoned, makeStamp, reasonOf, unreadable, unwritable} from '@gtown/sdk/files'

const PREFIX = '.rig-scratch.'

/**
 * Runs `work` with an empty directory in the town, on the town's file system, so that files can be renamed from and to
 * it. The directory is always deleted with its content. The next call removes one that a killed gt left behind.
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
    await remove(directory).catch((error) => {
      throw leftBehind(directory, error)
    })
  }
}

function leftBehind(directory: string, error: unknown): GtError {
  return new GtError(`${directory} could not be deleted completely: ${reasonOf(error)}`, {
    code: 'UNWRITABLE',
    hint: 'gt does not need it any more. Delete it yourself.',
    cause: error,
  })
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

/** Another user's leftover does no harm and may stay. */
async function removeIfAllowed(directory: string): Promise<void> {
  try {
    await remove(directory)
  } catch (error) {
    if (!hasErrno(error, 'EACCES', 'EPERM')) throw error
  }
}

/** Retries, since the clone of a killed gt may keep writing for a moment. */
async function remove(directory: string): Promise<void> {
  await rm(directory, {recursive: true, force: true, maxRetries: 5})
}
