import {randomBytes, randomUUID} from 'node:crypto'
import {GtError, isGtError, shorten} from '@gtown/sdk'
import {tellWitness} from '@gtown/sdk/mail'
import {
  addressOfWorker,
  type ExitWord,
  entriesOf,
  findSandbox,
  INCARNATION_VARIABLE,
  isRuntimeFile,
  runtimePathsOf,
  some,
  type WorkerRecord,
  type WorkerRef,
  withRecordLock,
  writeRecord,
} from '@gtown/workers'
import {defaultBranch, fetchBase} from './base.js'
import {gitOutput, type LongWork, longWork, type Repository} from './git.js'
import {findLfsContents, pushLfs} from './lfs.js'
import {listNotTaken} from './not-taken.js'
import {countOwnCommits, isTracking, ownChanges} from './own-commits.js'
import {pushBranch} from './push.js'
import {takeRecord} from './record.js'
import {notFound} from './remove.js'
import {readCheckedOut} from './sandbox.js'
import type {Services} from './services.js'
import {findSubmoduleCommits, type SubmoduleCommit} from './submodules.js'

export interface Finished {
  record: WorkerRecord
  /** How many commits of its own the pushed branch has. */
  commits: number
  /** Work in the sandbox that was not pushed, a few words for each kind. */
  notTaken: readonly string[]
}

/**
 * Pushes a worker's branch, with the contents of its LFS files, and records how its work ended. Idempotent: does nothing
 * if that was pushed and recorded already. Rejects and records nothing if finished work is not committed, or names a
 * submodule's commit that is nowhere else; if HEAD is not on a worker's branch; if the push fails; or if this process
 * belongs to an earlier worker of that name.
 *
 * @param signal interrupts the push
 */
export async function finishWork(
  services: Services,
  ref: WorkerRef,
  {exit, signal}: {exit: ExitWord; signal?: AbortSignal},
): Promise<Finished> {
  const path = await findSandbox(ref)
  if (path === undefined) throw notFound(ref)
  const sandbox = {git: services.git, path}
  return await withRecordLock(ref, async () => {
    const record = await takeRecord(ref, services.warn)
    const own = services.host.place().env[INCARNATION_VARIABLE]
    if (record && own && own !== record.incarnation) throw stale(ref)
    const {head, branch} = await readCheckedOut(ref, sandbox)
    if (branch === undefined || !branch.startsWith('polecat/')) throw wrongBranch(ref, branch)
    const work = await longWork(services, ref.rig, signal)
    const isRecorded = record?.exit === exit && record.head === head && record.branch === branch
    const finishing = {
      ref,
      sandbox,
      branch,
      work,
      isRecorded,
      isComplete: exit === 'COMPLETED' || exit === 'PHASE_COMPLETE',
    }
    const {contents, ...report} = await examine(finishing)
    if (isRecorded) return {record, ...report}
    await pushLfs(sandbox, {branch, contents}, work)
    await pushBranch(sandbox, {branch, head}, work)
    const now = new Date().toISOString()
    const known = record ?? {...unknownWorker(ref, own, now), base: await defaultBranch(sandbox)}
    const done = {...known, branch, exit, head, done_at: now}
    await writeRecord(ref, done)
    return {record: done, ...report}
  })
}

interface Finishing {
  ref: WorkerRef
  sandbox: Repository
  branch: string
  work: LongWork
  /** Whether it was pushed and recorded already. */
  isRecorded: boolean
  /** Whether the worker says that nothing is missing. */
  isComplete: boolean
}

/** Finds what a push takes and what it leaves behind. Rejects if it would leave behind a part of complete work. */
async function examine({ref, sandbox, branch, work, isRecorded, isComplete}: Finishing) {
  if (!(await isTracking(sandbox))) await fetchBase(sandbox, undefined, work)
  const changes = await ownChanges(sandbox, branch)
  const contents = isRecorded ? [] : await findLfsContents(sandbox, changes)
  const runtimePaths = await runtimePathsOf(async (folders) =>
    entriesOf(await gitOutput(sandbox, ['ls-files', '-z', '--', ...folders])),
  )
  const uncommitted = await readUncommitted(sandbox, runtimePaths, work)
  if (isComplete && uncommitted.length > 0) throw notCommitted(ref, uncommitted)
  const submodules = await findSubmoduleCommits(sandbox, changes, work)
  const nowhere = submodules.find(({is}) => is === 'nowhere')
  if (isComplete && nowhere) throw submoduleNotPushed(ref, nowhere)
  const notTaken = [
    ...(uncommitted.length > 0 ? [`not committed: ${some(uncommitted)}`] : []),
    ...(await listNotTaken(sandbox, branch, runtimePaths)),
    ...submodules.filter(({is}) => is !== 'at remote').map(inWords),
  ]
  return {contents, commits: await countOwnCommits(sandbox, branch), notTaken}
}

/** Tells the witness that the work ended. Warns where that fails: the record says the same. */
export async function notifyDone({warn}: Services, ref: WorkerRef, record: WorkerRecord): Promise<void> {
  const {exit, branch, head, incarnation} = record
  const fields = {
    Exit: exit,
    Issue: '',
    MR: '',
    Gate: '',
    Branch: branch,
    Head: head,
    Incarnation: incarnation,
  }
  const body = Object.entries(fields).map(([name, value]) => `${name}: ${value}`.trimEnd())
  try {
    await tellWitness(ref.rig.path, {
      id: randomUUID(),
      at: Date.now(),
      from: addressOfWorker(ref),
      subject: `POLECAT_DONE ${ref.name}`,
      body: body.join('\n'),
    })
  } catch (error) {
    if (!isGtError(error)) throw error
    warn(`the witness was not notified: ${error.message}`)
  }
}

/** A worker that another program spawned. */
function unknownWorker({name}: WorkerRef, incarnation: string | undefined, now: string) {
  const born = incarnation || randomBytes(8).toString('hex')
  return {version: 1, name, incarnation: born, task: null, spawned_at: now} as const
}

/** Entries of git's status, except those of runtime files. */
async function readUncommitted(
  sandbox: Repository,
  runtimePaths: readonly string[],
  work: LongWork,
): Promise<string[]> {
  const show = ['--porcelain', '-z', '--untracked-files=all', '--ignore-submodules=none', '--no-renames']
  const entries = entriesOf(await gitOutput(sandbox, ['status', ...show], work))
  return entries.filter((entry) => !isRuntimeFile(entry, runtimePaths))
}

function notCommitted(ref: WorkerRef, entries: readonly string[]): GtError {
  return new GtError(`the work of ${addressOfWorker(ref)} is not committed: ${some(entries)}`, {
    code: 'NOT_COMMITTED',
    hint: 'Commit or discard it, then run gt done again.',
  })
}

function submoduleNotPushed(ref: WorkerRef, submodule: SubmoduleCommit): GtError {
  return new GtError(`the work of ${addressOfWorker(ref)} is not complete: ${inWords(submodule)}`, {
    code: 'SUBMODULE_NOT_PUSHED',
    hint: "Push it there, to a branch of the submodule's remote, then run gt done again.",
  })
}

function inWords({path, commit, is, reason}: SubmoduleCommit): string {
  const what = `submodule ${shorten(path)} is at ${commit.slice(0, 12)}`
  if (is === 'nowhere') return `${what}, which its remote does not have`
  return `${what}, and whether its remote has that is unknown: ${reason}`
}

function wrongBranch(ref: WorkerRef, branch: string | undefined): GtError {
  const where = branch === undefined ? 'on no branch' : `on '${shorten(branch)}'`
  return new GtError(
    `HEAD of ${addressOfWorker(ref)} is ${where}, and only branches like polecat/… are pushed`,
    {
      code: 'WRONG_BRANCH',
      hint: "Check out the worker's own branch, with its commits, then run gt done again.",
    },
  )
}

function stale(ref: WorkerRef): GtError {
  return new GtError(`this session belongs to an earlier ${addressOfWorker(ref)}`, {
    code: 'STALE_WORKER',
    hint: 'Nothing was changed for the current worker of that name.',
  })
}
