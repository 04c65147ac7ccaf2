import {realpath} from 'node:fs/promises'
import {amended, GtError, isGtError, type RigRef} from '@gtown/sdk'
import {isThere, withFileLock} from '@gtown/sdk/files'
import {
  addressOfWorker,
  type GateResult,
  isRealDirectory,
  lookThroughGate,
  namesIn,
  newSandbox,
  oldSandbox,
  RUNTIME_PATHS,
  recordFile,
  removeHome,
  removeRecord,
  type WorkerRecord,
  type WorkerRef,
  withRecordLock,
} from '@gtown/workers'
import {
  checkMovable,
  listRemoved,
  putAway,
  type RemovedSandbox,
  recoverRemovals,
} from '@gtown/workers/put-away'
import {REMOTE_MS, type Repository, repositoryOf} from './git.js'
import {takeRecord} from './record.js'
import {polecatRole} from './role.js'
import type {Services} from './services.js'
import {healWorktree, removeSpareBranch} from './worktree.js'

export interface Removed {
  session: {name: string; outcome: 'stopped' | 'not_running'}
  /** Where the sandbox is kept, with the gate's verdict; absent if there was none. */
  kept?: RemovedSandbox
  /** Why nothing would be lost without the sandbox; empty if something would be. */
  evidence: readonly string[]
}

/**
 * Ends a worker's session, puts its whole sandbox away and removes its record. Checks that do not need the session's end
 * come first, and reject as `putAway` does. Rejects with `NOT_SAFE` if there are files without a worktree, and with
 * `POLECAT_NOT_FOUND` if no trace of the worker exists. If killed midway, it can be called again.
 */
export async function removeWorker(services: Services, ref: WorkerRef): Promise<Removed> {
  const {host} = services
  await refuseInside(ref, host.place().cwd)
  const repository = await repositoryOf(ref.rig, services.git)
  const finished = await finishKilled(services, ref)
  const isKnown = (await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))
  if (isKnown) await withRecordLock(ref, () => checkSandbox(services, repository, ref))
  // Stop outside of the lock: if this command runs inside the session, it runs again outside, and that one needs the
  // lock.
  const {outcome, sessionName} = await host.sessions.stop(polecatRole(), ref)
  if (!isKnown && !finished && outcome === 'not_running') throw notFound(ref)
  const removed = await withRecordLock(ref, () => endAndRemove(services, repository, ref)).catch((error) => {
    throw outcome === 'stopped' ? withoutSession(ref, error) : error
  })
  // The sandbox's lock was in this directory and has been released by now.
  const left = await removeHome(ref)
  if (left.length > 0) services.warn(`${oldSandbox(ref)} stays: it holds ${left.join(', ')}`)
  return {session: {name: sessionName, outcome}, ...(finished && {kept: finished}), ...removed}
}

/** @returns the sandbox that a killed removal of this worker had begun to put away, if it is put away now */
async function finishKilled(
  {git, warn}: Services,
  {rig, name}: WorkerRef,
): Promise<RemovedSandbox | undefined> {
  const before = await listRemoved({git, rig})
  for (const problem of await recoverRemovals({git, rig})) warn(problem)
  const begun = before.sandboxes.find((sandbox) => sandbox.name === name && sandbox.state === 'moving')
  if (!begun) return undefined
  const {sandboxes} = await listRemoved({git, rig})
  return sandboxes.find(({id, state}) => id === begun.id && state === 'removed')
}

/** A removal that would be refused afterwards must not end the session. */
async function checkSandbox(services: Services, repository: Repository, ref: WorkerRef): Promise<void> {
  if ((await healWorktree(repository, ref)) === undefined) return
  await checkMovable({...removalContext(services, ref), name: ref.name})
}

/** What `putAway`, `restore` and `purge` need. */
export function removalContext({host, git}: Services, {rig}: RigRef) {
  const processesIn = (directory: string) => host.workers.processesIn(directory)
  return {git, rig, callerDirectory: host.place().cwd ?? '/', processesIn}
}

/** The error of a failed removal, with a hint that the session has ended. */
function withoutSession(ref: WorkerRef, error: unknown): unknown {
  if (!isGtError(error)) return error
  const ended = `Its session has ended. Start it again with: gt polecat spawn ${ref.rig.name} ${ref.name}`
  return amended(error, {hint: error.hint ? `${error.hint}\n${ended}` : ended})
}

/** The error for a worker of which there is nothing. */
export function notFound(ref: WorkerRef): GtError {
  return new GtError(`there is no polecat ${addressOfWorker(ref)}`, {
    code: 'POLECAT_NOT_FOUND',
    hint: `See them with: gt polecat list ${ref.rig.name}`,
  })
}

/** Before the session ends: who asks from inside would lose it for nothing. */
async function refuseInside(ref: WorkerRef, cwd: string | undefined): Promise<void> {
  const home = oldSandbox(ref)
  if (cwd === undefined || !(await isRealDirectory(home))) return
  const [here, there] = await Promise.all([realpath(cwd), realpath(home)])
  if (here !== there && !here.startsWith(`${there}/`)) return
  throw new GtError(`${addressOfWorker(ref)} cannot be removed from inside its sandbox`, {
    code: 'SANDBOX_IN_USE',
    hint: 'Run it from another directory.',
  })
}

/** Stop again under the lock: a patrol may have mistaken the stop for a crash and restarted the session. */
async function endAndRemove(
  services: Services,
  repository: Repository,
  ref: WorkerRef,
): Promise<Omit<Removed, 'session'>> {
  await services.host.sessions.stop(polecatRole(), ref)
  return await removeFiles(services, repository, ref)
}

async function removeFiles(
  services: Services,
  repository: Repository,
  ref: WorkerRef,
): Promise<Omit<Removed, 'session'>> {
  const record = await takeRecord(ref, services.warn)
  const path = await healWorktree(repository, ref)
  if (path === undefined) {
    await refuseFiles(ref)
    if (record) await removeSpareBranch(repository, record.branch)
    await removeRecord(ref)
    return {evidence: []}
  }
  const request = {...removalContext(services, ref), name: ref.name}
  const gate = await askGate(services, path, record)
  const kept =
    gate.verdict === 'safe'
      ? await putAway({...request, verdict: {is: 'safe', reasons: []}, head: gate.seen.worktree.head})
      : await putAway({...request, verdict: {is: gate.verdict, reasons: gate.reasons}})
  await removeRecord(ref)
  return {kept, evidence: gate.verdict === 'safe' ? gate.evidence : []}
}

/** The verdict only decides when the sandbox may be deleted. */
async function askGate(
  {host, git}: Services,
  path: string,
  record: WorkerRecord | undefined,
): Promise<GateResult> {
  return await withFileLock(path, () =>
    lookThroughGate({
      git,
      path,
      remote: 'origin',
      timeoutMs: REMOTE_MS,
      callerDirectory: host.place().cwd ?? '/',
      ...(record && {base: record.base}),
      // gt makes none, and all that one would merge must be at the origin.
      mergeRequest: 'none',
      runtimePaths: RUNTIME_PATHS,
    }),
  )
}

/** Files that are in no worktree: git says nothing about them. */
async function refuseFiles(ref: WorkerRef): Promise<void> {
  const home = oldSandbox(ref)
  if (!(await isThere(home))) return
  // Taking the lock also clears one left by a killed removal.
  const names = await withFileLock(newSandbox(ref), () => namesIn(home))
  const others = names.filter((name) => name !== `.${ref.rig.name}.lock`)
  if (others.length === 0) return
  throw new GtError(`${addressOfWorker(ref)} has files that are in no worktree: ${others.join(', ')}`, {
    code: 'NOT_SAFE',
    hint: `Nothing was removed. Move them out of ${home}, and try again.`,
    details: {verdict: 'unknown', sandbox: home},
  })
}
