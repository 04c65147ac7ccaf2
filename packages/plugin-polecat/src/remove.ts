import {realpath} from 'node:fs/promises'
import {GtError, type SandboxRemovalResult} from '@gtown/sdk'
import {isThere, withFileLock} from '@gtown/sdk/files'
import {
  addressOfWorker,
  isRealDirectory,
  namesIn,
  newSandbox,
  oldSandbox,
  recordFile,
  removeHome,
  removeRecord,
  type WorkerRef,
  withRecordLock,
} from '@gtown/workers'
import {type Repository, repositoryOf} from './git.js'
import {takeRecord} from './record.js'
import {polecatRole} from './role.js'
import type {Services} from './services.js'
import {healWorktree, removeSpareBranch} from './worktree.js'

export interface Removed {
  session: {name: string; outcome: 'stopped' | 'not_running'}
  /** Absolute path of the removed sandbox; absent if there was none. */
  sandbox?: string
  /** Why nothing was lost, and the refs that keep its commits. */
  evidence: readonly string[]
  archived: readonly string[]
}

/**
 * Ends a worker's session and removes its sandbox and record. Rejects with `NOT_SAFE` and the reasons if work in the
 * sandbox might be lost; then only the session has ended. Rejects with `POLECAT_NOT_FOUND` if no trace of the worker
 * exists. If killed midway, it can be called again.
 */
export async function removeWorker(services: Services, ref: WorkerRef): Promise<Removed> {
  const {host, git} = services
  await refuseInside(ref, host.place().cwd)
  const repository = await repositoryOf(ref.rig, git)
  const isKnown = (await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))
  // Stop outside of the lock: if this command runs inside the session, it runs again outside, and that one needs the
  // lock.
  const {outcome, sessionName} = await host.sessions.stop(polecatRole(), ref)
  if (!isKnown && outcome === 'not_running') throw notFound(ref)
  const removed = await withRecordLock(ref, () => endAndRemove(services, repository, ref))
  // The sandbox's lock was in this directory and has been released by now.
  const left = await removeHome(ref)
  if (left.length > 0) services.warn(`${oldSandbox(ref)} stays: it holds ${left.join(', ')}`)
  return {session: {name: sessionName, outcome}, ...removed}
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
  {host, warn}: Services,
  repository: Repository,
  ref: WorkerRef,
): Promise<Omit<Removed, 'session'>> {
  const record = await takeRecord(ref, warn)
  const path = await healWorktree(repository, ref)
  if (path === undefined) {
    await refuseFiles(ref)
    if (record) await removeSpareBranch(repository, record.branch)
    await removeRecord(ref)
    return {evidence: [], archived: []}
  }
  const result = await host.workers.removeSandbox({path, ...(record && {base: record.base})})
  if (result.outcome === 'refused') throw notSafe(ref, path, result)
  await removeRecord(ref)
  return {sandbox: path, evidence: result.evidence, archived: result.archived}
}

/** Files that are in no worktree: git says nothing about them. */
async function refuseFiles(ref: WorkerRef): Promise<void> {
  const home = oldSandbox(ref)
  if (!(await isThere(home))) return
  // Taking the lock also clears one left by a killed removal.
  const names = await withFileLock(newSandbox(ref), () => namesIn(home))
  const others = names.filter((name) => name !== `.${ref.rig.name}.lock`)
  if (others.length === 0) return
  throw notSafe(ref, home, {verdict: 'unknown', reasons: [`these are in no worktree: ${others.join(', ')}`]})
}

function notSafe(
  ref: WorkerRef,
  path: string,
  {verdict, reasons}: Pick<Extract<SandboxRemovalResult, {outcome: 'refused'}>, 'verdict' | 'reasons'>,
): GtError {
  const what = verdict === 'unsafe' ? 'would lose work' : 'might lose work'
  return new GtError(`removing ${addressOfWorker(ref)} ${what}: ${reasons.join('; ')}`, {
    code: 'NOT_SAFE',
    hint: `Nothing was removed. Its sandbox is ${path}.`,
    details: {verdict, reasons, sandbox: path},
  })
}
