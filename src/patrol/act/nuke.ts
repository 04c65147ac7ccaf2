import {realpath, rmdir} from 'node:fs/promises'
import {join} from 'node:path'
import {isGtError, type RigRef} from '@gtown/sdk'
import {hasErrno, unwritable, withFileLock} from '@gtown/sdk/files'
import {
  lookThroughGate,
  observeSandbox,
  readRecord,
  removeRecord,
  removeSandbox,
  withRecordLock,
} from '@gtown/workers'
import type {Expectation} from '../actions.js'
import {gateRequest} from '../observe/gate-request.js'
import {done, type Outcome, refused} from '../report/outcome.js'
import {confirm} from './confirm.js'
import {endLeftovers} from './end-session.js'
import type {Job} from './job.js'

/**
 * Removes the sandbox of a worker whose work is done, if the destroy gate, asked anew, says safe. The session has to
 * have ended before. Killed in between, everything is either still there or archived.
 */
export async function nuke(job: Job, expect: Expectation): Promise<Outcome> {
  const {ref, worker} = job
  try {
    return await withRecordLock({...ref, name: worker.name}, () => removeWorker(job, expect))
  } catch (error) {
    if (!isGtError(error)) throw error
    return refused(error.message)
  }
}

/** While no other command makes, changes or removes a worker of this name. */
async function removeWorker(job: Job, {incarnation, head}: Expectation): Promise<Outcome> {
  const now = await confirm(job, {incarnation, head, session: undefined})
  if (now.is === 'changed') return refused(now.detail)
  const {services, ref, worker} = job
  if (worker.sandbox.is !== 'present') return refused('it has no sandbox')
  const {path} = worker.sandbox
  await endLeftovers(job)
  const inside = services.processesIn(await realpath(path)) ?? []
  if (inside.length > 0) return refused(`processes are at work in its sandbox: ${inside.join(', ')}`)
  const outcome = await withFileLock(path, () => removeIfSafe(job, path, head))
  if (outcome.is === 'done') await forget(ref, worker.name)
  return outcome
}

async function removeIfSafe(job: Job, path: string, head: string | undefined): Promise<Outcome> {
  const request = gateRequest(job, path)
  const result = await lookThroughGate(request)
  if (result.verdict !== 'safe') return refused(result.reasons.join('; '))
  if (result.seen.worktree.head !== head) return refused('its HEAD has moved')
  const [archived] = await removeSandbox({...request, seen: result.seen})
  return done(`${result.evidence.join('; ')}; kept as ${archived}`)
}

/** Finishes what a patrol that was killed had begun: of a worker that is done, and has no sandbox any more, the file goes. */
export async function forgetRemoved(
  {services, ref}: Pick<Job, 'services' | 'ref'>,
  worker: string,
): Promise<void> {
  const place = {...ref, name: worker}
  await withRecordLock(place, async () => {
    const read = await readRecord(place)
    const isDone = read.is === 'present' && read.record.exit !== undefined
    const sandbox = await observeSandbox(services.git, place)
    if (isDone && sandbox.is === 'absent') await forget(ref, worker)
  })
}

/** Removes what was written down of a worker that has no sandbox any more. Idempotent. */
async function forget({rig}: RigRef, worker: string): Promise<void> {
  const home = join(rig.path, 'polecats', worker)
  try {
    await rmdirIfEmpty(home)
  } catch (error) {
    throw unwritable(home, error)
  }
  await removeRecord({rig, name: worker})
}

async function rmdirIfEmpty(path: string): Promise<void> {
  try {
    await rmdir(path)
  } catch (error) {
    if (!hasErrno(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) throw error
  }
}
