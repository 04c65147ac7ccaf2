import {GtError} from '@gtown/sdk'
import {readRecord, recordFile, type WorkerRecord, type WorkerRef} from '@gtown/workers'

/**
 * A worker's record; undefined if there is none. An unusable record is set aside with a warning. Rejects with
 * `UNREADABLE` if it cannot be read.
 */
export async function takeRecord(
  ref: WorkerRef,
  warn: (message: string) => void,
): Promise<WorkerRecord | undefined> {
  const read = await readRecord(ref, {setAside: true})
  if (read.is === 'present') return read.record
  if (read.is === 'absent') return undefined
  if (read.setAside === undefined) throw new GtError(read.reason, {code: 'UNREADABLE'})
  warn(`${recordFile(ref)} cannot be used; it was set aside as ${read.setAside}`)
  return undefined
}
