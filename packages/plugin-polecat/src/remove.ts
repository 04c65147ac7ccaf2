import {amended, GtError, hasCode, isGtError} from '@gtown/sdk'
import type {Question} from '@gtown/sdk/commands'
import {isThere} from '@gtown/sdk/files'
import {
  addressOfWorker,
  oldSandbox,
  recordFile,
  removeHome,
  removeRecord,
  type WorkerRef,
  withRecordLock,
} from '@gtown/workers'
import {
  listRemoved,
  lossesOf,
  putAway,
  type RemovedSandbox,
  recoverRemovals,
  removalEvents,
  type Verdict,
} from '@gtown/workers/put-away'
import {checkSandbox, questionAboutLoss, questionAboutWork, refuseInside} from './before-removal.js'
import {askGate, verdictOf} from './gate.js'
import {type Repository, repositoryOf} from './git.js'
import {note} from './note.js'
import {type PurgeOutcome, purgeOne} from './purge.js'
import {takeRecord} from './record.js'
import {removalContext} from './removal-context.js'
import {polecatRole} from './role.js'
import type {Services} from './services.js'
import {healWorktree, removeSpareBranch} from './worktree.js'

export interface Removed {
  session: {name: string; outcome: 'stopped' | 'not_running'}
  /** Where the sandbox is kept, with the gate's verdict; absent if there was none. */
  kept?: RemovedSandbox
  /** The outcome of deleting the sandbox at once; absent unless that was asked for. */
  purge?: PurgeOutcome
  /** Why nothing would be lost without the sandbox; empty if something would be. */
  evidence: readonly string[]
}

export interface RemovalOptions {
  /** Delete the sandbox at once, instead of keeping it. Asks first if something would be lost. */
  purge?: boolean
  /** Asks the user; rejects if the answer is no. Absent: nothing needs a question. */
  confirm?: (question: Question) => Promise<void>
}

/**
 * Ends a worker's session, puts its whole sandbox away and removes its record. Asks before it ends an agent that works.
 * Checks that do not need the session's end come first, and reject as `putAway` does. Rejects with `POLECAT_NOT_FOUND` if
 * no trace of the worker exists. If killed midway, it can be called again.
 */
export async function removeWorker(
  services: Services,
  ref: WorkerRef,
  {confirm = agree, purge = false}: RemovalOptions = {},
): Promise<Removed> {
  const {host} = services
  await refuseInside(ref, host.place().cwd)
  const repository = await repositoryOf(ref.rig, services.git)
  const finished = await finishKilled(services, ref)
  const isKnown = (await isThere(oldSandbox(ref))) || (await isThere(recordFile(ref)))
  const isThereAny = isKnown && (await hasMovable(services, repository, ref))
  const question = await questionAboutWork(host, ref)
  if (question) await confirm(question)
  const agreed = isThereAny && purge ? await agreedLoss(services, repository, {ref, confirm}) : undefined
  // Stop outside of the lock: if this command runs inside the session, it runs again outside, and that one needs the
  // lock.
  const {outcome, sessionName} = await host.sessions.stop(polecatRole(), ref)
  if (!isKnown && !finished && outcome === 'not_running') throw notFound(ref)
  const removed = await withRecordLock(ref, () => endAndRemove(services, repository, ref)).catch((error) => {
    throw outcome === 'stopped' ? withoutSession(ref, error) : error
  })
  // The sandbox's lock was in this directory and has been released by now.
  const left = await removeHome(ref)
  if (left.length > 0) services.warn(staysText(ref, left))
  const kept = removed.kept ?? finished
  if (kept) await note(services, ref, removalEvents.putAway(ref.rig.name, kept))
  return {
    session: {name: sessionName, outcome},
    ...(kept && {kept}),
    ...(kept && purge && {purge: await purgeAgreed(services, ref, {kept, agreed})}),
    evidence: removed.evidence,
  }
}

const agree = async () => {}

function staysText(ref: WorkerRef, left: readonly string[]): string {
  const again = `gt polecat nuke ${addressOfWorker(ref)}`
  return `${oldSandbox(ref)} stays: it holds ${left.join(', ')}. To put that away, too: ${again}`
}

/** Undefined if the worker has no sandbox, nor anything else in its place. */
async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (hasCode(error, 'SANDBOX_GONE')) return undefined
    throw error
  }
}

/** Whether there is anything to put away; runs the checks of `checkSandbox` on it. */
async function hasMovable(services: Services, repository: Repository, ref: WorkerRef): Promise<boolean> {
  const check = async () => {
    await checkSandbox(services, repository, ref)
    return true
  }
  return (await withRecordLock(ref, () => unlessGone(check))) ?? false
}

/** Asks about the work that would be lost. Returns the verdict that the user has agreed to. */
async function agreedLoss(
  services: Services,
  repository: Repository,
  {ref, confirm}: {ref: WorkerRef; confirm: (question: Question) => Promise<void>},
): Promise<Verdict> {
  const verdict = await withRecordLock(ref, async () => {
    const record = await takeRecord(ref, services.warn)
    const path = await healWorktree(repository, ref)
    return path === undefined ? NO_WORKTREE : verdictOf(await askGate(services, {ref, path, record}))
  })
  if (verdict.is !== 'safe') await confirm(questionAboutLoss(ref, verdict))
  return verdict
}

/** Deletes a sandbox that was just put away, unless something has come to light that the user did not agree to. */
async function purgeAgreed(
  services: Services,
  ref: WorkerRef,
  {kept, agreed}: {kept: RemovedSandbox; agreed: Verdict | undefined},
): Promise<PurgeOutcome> {
  const {id, name, verdict} = kept
  const known = agreed ? lossesOf(agreed) : []
  const news = lossesOf(verdict).filter((words) => !known.includes(words))
  if (news.length > 0) return {id, name, outcome: 'kept', reasons: news}
  return await purgeOne(services, ref, {id, name, unclean: verdict.is !== 'safe'})
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
  const gate = path === undefined ? undefined : await askGate(services, {ref, path, record})
  const kept = await unlessGone(() =>
    putAway({
      ...removalContext(services, ref),
      name: ref.name,
      verdict: gate ? verdictOf(gate) : NO_WORKTREE,
      ...(gate?.verdict === 'safe' && {head: gate.seen.worktree.head}),
    }),
  )
  if (!kept && record) await removeSpareBranch(repository, record.branch)
  await removeRecord(ref)
  return {...(kept && {kept}), evidence: gate?.verdict === 'safe' ? gate.evidence : []}
}

/** Of anything else in the place of a worker, git cannot say what it holds. */
const NO_WORKTREE: Verdict = {is: 'unknown', reasons: ['it is no worktree of the rig']}
