import {realpath} from 'node:fs/promises'
import {isGtError} from '@gtown/sdk'
import {
  lookThoroughly,
  observeSandbox,
  readRecord,
  removeHome,
  removeRecord,
  type WorkerPlace,
  withGateLock,
  withRecordLock,
} from '@gtown/workers'
import {putAway, recoverRemovals, restoreCommand} from '@gtown/workers/put-away'
import type {Expectation} from '../actions.js'
import {gateRequest} from '../observe/gate-request.js'
import {done, type Outcome, refused} from '../report/outcome.js'
import {confirm} from './confirm.js'
import {endLeftovers} from './end-session.js'
import type {Job} from './job.js'

/**
 * Puts away the sandbox of a worker whose work is done, if the removal gate, run once more, says safe. The session must
 * have ended. If gt is killed in between, the next cycle finishes the removal or takes it back.
 */
export async function nuke(job: Job, expect: Expectation): Promise<Outcome> {
  const {ref, worker} = job
  try {
    return await withRecordLock({...ref, name: worker.name}, () => removeLocked(job, expect))
  } catch (error) {
    if (!isGtError(error)) throw error
    return refused(error.message)
  }
}

/** Call it inside `withRecordLock`. */
async function removeLocked(job: Job, {incarnation, head}: Expectation): Promise<Outcome> {
  const now = await confirm(job, {incarnation, head, session: undefined})
  if (now.is === 'changed') return refused(now.detail)
  const {services, ref, worker} = job
  if (worker.sandbox.is !== 'present') return refused('it has no sandbox')
  const {path} = worker.sandbox
  await endLeftovers(job)
  const inside = services.processesIn(await realpath(path)) ?? []
  if (inside.length > 0)
    return refused(`processes are running in its sandbox: ${inside.map(({pid}) => pid).join(', ')}`)
  const place = {...ref, name: worker.name}
  const result = await withGateLock(place, () => lookThoroughly(gateRequest(job, path)))
  if (result.verdict !== 'safe') return refused(result.reasons.join('; '))
  const {worktree} = result.seen
  if (head !== undefined && worktree.head !== head) return refused('its HEAD has moved')
  const kept = await putAway({
    git: services.git,
    ...place,
    callerDirectory: services.callerDirectory,
    processesIn: services.processesIn,
    verdict: {is: 'safe', reasons: [], only_here: result.onlyHere.map(({what}) => what)},
    head: worktree.head,
  })
  await forget(place)
  return done(result.evidence.join('; '), restoreCommand(ref.rig.name, kept))
}

/** Completes the removal that a killed patrol had begun: removes the record of a finished worker without a sandbox. */
export async function forgetRemoved(
  {services, ref}: Pick<Job, 'services' | 'ref'>,
  worker: string,
): Promise<void> {
  const place = {...ref, name: worker}
  await recoverRemovals({git: services.git, rig: ref.rig})
  await withRecordLock(place, async () => {
    const read = await readRecord(place)
    const isDone = read.is === 'present' && read.record.exit !== undefined
    const sandbox = await observeSandbox(services.git, place)
    if (isDone && sandbox.is === 'absent') await forget(place)
  })
}

/** Removes the folder and the record of a worker whose sandbox was removed. Idempotent. */
async function forget(place: WorkerPlace): Promise<void> {
  await removeHome(place)
  await removeRecord(place)
}
