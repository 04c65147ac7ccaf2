import {GtError} from '@gtown/sdk'
import type {WorkerPlace} from './place.js'
import {readRecord, withRecordLock} from './record.js'
import {findSandbox} from './sandbox.js'

export interface ExpectedSandbox {
  /** Absolute path. */
  path: string
  /** The life of the name that it belongs to; undefined if unknown. */
  incarnation?: string | undefined
}

/**
 * Runs work in a worker's sandbox while no other command removes it. Rejects without running it: with `SANDBOX_GONE` if
 * the sandbox was removed or belongs to a later life of the name, and with `LOCKED` if another command holds the worker
 * for more than 10 s.
 */
export async function whileSandboxStays<T>(
  place: WorkerPlace,
  expected: ExpectedSandbox,
  work: () => Promise<T>,
): Promise<T> {
  return await withRecordLock(place, async () => {
    if ((await findSandbox(place)) !== expected.path || !(await isLife(place, expected.incarnation))) {
      throw sandboxGone(place)
    }
    return await work()
  })
}

/** An unreadable record does not prove a later life. */
async function isLife(place: WorkerPlace, incarnation: string | undefined): Promise<boolean> {
  if (incarnation === undefined) return true
  const read = await readRecord(place)
  return read.is === 'unreadable' || (read.is === 'present' && read.record.incarnation === incarnation)
}

function sandboxGone({rig, name}: WorkerPlace): GtError {
  return new GtError(`the sandbox of ${rig.name}/${name} was removed by somebody else`, {
    code: 'SANDBOX_GONE',
    hint: `See what is there with: gt polecat list ${rig.name}`,
  })
}
