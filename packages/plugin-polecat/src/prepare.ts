import {randomBytes} from 'node:crypto'
import {GtError, type RigRef, type StartOptions} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {
  addressOfWorker,
  findSandbox,
  newSandbox,
  oldSandbox,
  recordFile,
  removeHome,
  removeRecord,
  type WorkerRecord,
  type WorkerRef,
  withRecordLock,
  writeRecord,
} from '@gtown/workers'
import {
  hasBrokenWorktree,
  putAway,
  recoverRemovals,
  restoreCommand,
  type Verdict,
} from '@gtown/workers/put-away'
import {defaultBranch, fetchBase} from './base.js'
import {longWork, type Repository, repositoryOf} from './git.js'
import {NAMES, polecatNamed} from './name.js'
import {takeRecord} from './record.js'
import {removalContext} from './removal-context.js'
import {polecatRole} from './role.js'
import {readCheckedOut} from './sandbox.js'
import type {Services} from './services.js'
import {addWorktree, healWorktree, removeSpareBranch} from './worktree.js'

export interface SpawnRequest {
  rig: RigRef
  /** Undefined for a free default name. */
  name: string | undefined
  task: string | undefined
  /** The branch of the origin to begin from; undefined for its default branch. */
  base: string | undefined
  start: StartOptions
}

export interface Prepared {
  ref: WorkerRef
  record: WorkerRecord
  sandbox: string
  /** Whether this call created it. */
  isNew: boolean
}

/**
 * Creates the record and sandbox of a worker, or finds those of an existing one that is not done. A failure is rolled
 * back. The next call repairs the leftovers of a killed one.
 */
export async function prepareWorker(services: Services, request: SpawnRequest): Promise<Prepared> {
  const repository = await repositoryOf(request.rig.rig, services.git)
  // Without recovery, the sandbox that a killed command left between two places would count as missing.
  await recoverRemovals({git: services.git, rig: request.rig.rig})
  if (request.name !== undefined) {
    const ref = await polecatNamed(request.rig, request.name)
    return await withRecordLock(ref, () => prepareNamed(services, repository, ref, request))
  }
  for (const name of NAMES) {
    const ref = {...request.rig, name}
    if (await isTaken(ref)) continue
    const prepared = await withRecordLock(ref, async () =>
      (await isTaken(ref)) ? undefined : await prepareNamed(services, repository, ref, request),
    )
    if (prepared) return prepared
  }
  throw new GtError(`rig '${request.rig.rig.name}' has used up all names for polecats`, {
    code: 'NO_NAME',
    hint: `Name it yourself: gt polecat spawn ${request.rig.rig.name} NAME`,
  })
}

/** Others may have taken the name since: it is looked at again inside the lock. */
async function isTaken(ref: WorkerRef): Promise<boolean> {
  return (await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))
}

async function prepareNamed(
  services: Services,
  repository: Repository,
  ref: WorkerRef,
  request: SpawnRequest,
): Promise<Prepared> {
  const record = await takeRecord(ref, services.warn)
  const sandbox = await healWorktree(repository, ref)
  if (sandbox === undefined) return await makeNew(services, repository, ref, {request, stale: record})
  if (record) checkSameWork(ref, record, request)
  const {branch} = await readCheckedOut(ref, {git: services.git, path: sandbox})
  if (record) return {ref, record, sandbox, isNew: false}
  if (request.task !== undefined || request.base !== undefined) throw exists(ref, 'its task is not known')
  const base = await defaultBranch(repository)
  const adopted = newRecord(ref, request, {branch: branch ?? 'HEAD', base})
  await writeRecord(ref, adopted)
  return {ref, record: adopted, sandbox, isNew: false}
}

/** Who asks for other work than a worker has must not get that worker. */
function checkSameWork(ref: WorkerRef, record: WorkerRecord, {task, base}: SpawnRequest): void {
  if (record.exit !== undefined) throw exists(ref, `it is done (${record.exit})`)
  if (task !== undefined && task !== record.task) throw exists(ref, 'it has another task')
  if (base !== undefined && base !== record.base) throw exists(ref, 'it began from another branch')
}

function exists(ref: WorkerRef, why: string): GtError {
  const address = addressOfWorker(ref)
  return new GtError(`polecat ${address} exists already: ${why}`, {
    code: 'POLECAT_EXISTS',
    hint: `Choose another name, or remove it first: gt polecat nuke ${address}`,
  })
}

async function makeNew(
  services: Services,
  repository: Repository,
  ref: WorkerRef,
  {request, stale}: {request: SpawnRequest; stale: WorkerRecord | undefined},
): Promise<Prepared> {
  await checkNothingRuns(services, ref)
  const work = await longWork(services, ref.rig, request.start.signal)
  const base = await fetchBase(repository, request.base, work)
  request.start.signal?.throwIfAborted()
  await putAwayBroken(services, ref)
  if (stale) await removeSpareBranch(repository, stale.branch)
  const branch = `polecat/${ref.name}-${Date.now().toString(36)}`
  const record = newRecord(ref, request, {branch, base: base.branch})
  await writeRecord(ref, record)
  try {
    await addWorktree(repository, ref, {branch, base, work})
  } catch (error) {
    await rollBackWorktree(repository, ref, branch)
    throw error
  }
  return {ref, record, sandbox: newSandbox(ref), isNew: true}
}

/** Git would connect the new worktree with one in its place that was deleted by hand, and that it still knows. */
async function putAwayBroken(services: Services, ref: WorkerRef): Promise<void> {
  if (!(await hasBrokenWorktree({git: services.git, ...ref}))) return
  const verdict: Verdict = {is: 'unknown', reasons: ['its sandbox was deleted by hand']}
  const kept = await putAway({...removalContext(services, ref), name: ref.name, verdict})
  const undo = restoreCommand(ref.rig.name, kept)
  services.warn(`what was in the place of ${addressOfWorker(ref)} is kept: ${undo}`)
}

function newRecord(
  {name}: WorkerRef,
  {task, start: {agent}}: SpawnRequest,
  {branch, base}: {branch: string; base: string},
): WorkerRecord {
  return {
    version: 1,
    name,
    incarnation: randomBytes(8).toString('hex'),
    task: task ?? null,
    branch,
    base,
    ...(agent !== undefined && {agent}),
    spawned_at: new Date().toISOString(),
  }
}

/** A session without a sandbox would be taken for the new worker's. */
async function checkNothingRuns({host}: Services, ref: WorkerRef): Promise<void> {
  const {liveness, sessionName} = await host.sessions.status(polecatRole(), ref)
  if (liveness !== 'alive') return
  throw new GtError(`session '${sessionName}' runs, but ${addressOfWorker(ref)} has no sandbox`, {
    code: 'POLECAT_EXISTS',
    hint: `End it first: gt polecat nuke ${addressOfWorker(ref)}`,
  })
}

async function rollBackWorktree(repository: Repository, ref: WorkerRef, branch: string): Promise<void> {
  // One that came into its place is whole, and stays for the next spawn.
  if (await findSandbox(ref)) return
  await healWorktree(repository, ref)
  await removeHome(ref)
  await removeSpareBranch(repository, branch)
  await removeRecord(ref)
}
