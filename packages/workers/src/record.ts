import {readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {isGtError, type Rig} from '@gtown/sdk'
import {
  hasErrno,
  makeOwnFolder,
  parseStateFile,
  setAsideFile,
  unreadable,
  unwritable,
  withFileLock,
  writeStateFile,
} from '@gtown/sdk/files'
import type {WorkerPlace} from './place.js'
import {recordOf, type WorkerRecord} from './record-format.js'

/** `unreadable`: the file exists but cannot be used, so its content is unknown. */
export type RecordRead =
  | {is: 'present'; record: WorkerRecord}
  | {is: 'absent'}
  | {
      is: 'unreadable'
      /** One sentence that names the file. */
      reason: string
      /** Absolute path to which the file was renamed. */
      setAside?: string
    }

/** Absolute path of a worker's record, whether it exists or not. */
export const recordFile = ({rig, name}: WorkerPlace) => join(recordsFolder(rig), `${name}.json`)

const recordsFolder = ({path}: Pick<Rig, 'path'>) => join(path, '.runtime', 'polecats')

/**
 * Reads a worker's record. Does not follow a link. Changes nothing unless `setAside` is true.
 *
 * @param setAside renames a file that is not a record of this worker, so that the next write starts afresh and nothing
 *   is lost; rejects with `UNWRITABLE` when that fails. A file that the system does not let us read stays.
 */
export async function readRecord(place: WorkerPlace, {setAside = false} = {}): Promise<RecordRead> {
  const file = recordFile(place)
  try {
    const content = parseStateFile(file, recordOf(place.name))
    if (content.is === 'absent') return content
    if (content.is === 'usable') return {is: 'present', record: content.state}
    if (content.is === 'no file') throw content.error
    const fault = content.why === 'not valid' ? 'is not the record of this worker' : `is ${content.why}`
    const unusable = {is: 'unreadable', reason: `${file} ${fault}`} as const
    const aside = setAside ? setAsideFile(file) : undefined
    return aside === undefined ? unusable : {...unusable, setAside: aside}
  } catch (error) {
    if (!isGtError(error) || error.code !== 'UNREADABLE') throw error
    return {is: 'unreadable', reason: error.message}
  }
}

/** The names of the workers of a rig that have a file there, usable or not. Rejects with `UNREADABLE`. */
export async function recordedWorkers(rig: Pick<Rig, 'path'>): Promise<string[]> {
  const folder = recordsFolder(rig)
  try {
    const names = await readdir(folder)
    return names.filter((name) => /^[^.].*\.json$/.test(name)).map((name) => name.slice(0, -'.json'.length))
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(folder, error)
  }
}

/** Writes a worker's record atomically. Call it inside `withRecordLock`. */
export async function writeRecord(place: WorkerPlace, record: WorkerRecord): Promise<void> {
  await writeStateFile(recordFile(place), record, [join(place.rig.path, '.runtime')])
}

/** Removes a worker's record. Idempotent. Call it inside `withRecordLock`. */
export async function removeRecord(place: WorkerPlace): Promise<void> {
  try {
    await rm(recordFile(place), {force: true})
  } catch (error) {
    throw unwritable(recordFile(place), error)
  }
}

/** Runs `work` while no other command can create, change or remove that worker. Rejects with `LOCKED` after 10 s. */
export async function withRecordLock<T>(place: WorkerPlace, work: () => Promise<T>): Promise<T> {
  await makeRecordsFolder(place.rig)
  return await withFileLock(recordFile(place), work)
}

/**
 * Runs `work` while no other command looks through the gate of that worker. Rejects with `LOCKED` after 10 s. The lock is
 * not beside the sandbox: who waits for it there would make the worker's folder again after a removal.
 */
export async function withGateLock<T>(place: WorkerPlace, work: () => Promise<T>): Promise<T> {
  await makeRecordsFolder(place.rig)
  return await withFileLock(join(recordsFolder(place.rig), `${place.name}.gate`), work)
}

async function makeRecordsFolder(rig: Pick<Rig, 'path'>): Promise<void> {
  const folder = recordsFolder(rig)
  try {
    await makeOwnFolder(join(rig.path, '.runtime'), 0o755)
    await makeOwnFolder(folder, 0o755)
  } catch (error) {
    throw unwritable(folder, error)
  }
}
