import {randomBytes, randomUUID} from 'node:crypto'
import {GtError, isGtError, shorten} from '@gtown/sdk'
import {tellWitness} from '@gtown/sdk/mail'
import {
  addressOfWorker,
  type ExitWord,
  findSandbox,
  INCARNATION_VARIABLE,
  isRuntimeFile,
  type WorkerRecord,
  type WorkerRef,
  withRecordLock,
  writeRecord,
} from '@gtown/workers'
import {defaultBranch} from './base.js'
import {gitOutput, type LongWork, longWork, type Repository} from './git.js'
import {takeRecord} from './record.js'
import {notFound} from './remove.js'
import {readCheckedOut} from './sandbox.js'
import type {Services} from './services.js'

/**
 * Pushes a worker's branch and records how its work ended. Idempotent: does nothing if that was pushed and recorded
 * already. Rejects and records nothing if finished work is not committed, if HEAD is not on a worker's branch, if the
 * push fails, or if this process belongs to an earlier worker of that name.
 */
export async function finishWork(services: Services, ref: WorkerRef, exit: ExitWord): Promise<WorkerRecord> {
  const path = await findSandbox(ref)
  if (path === undefined) throw notFound(ref)
  const sandbox = {git: services.git, path}
  return await withRecordLock(ref, async () => {
    const record = await takeRecord(ref, services.warn)
    const own = services.host.place().env[INCARNATION_VARIABLE]
    if (record && own && own !== record.incarnation) throw stale(ref)
    const {head, branch} = await readCheckedOut(ref, sandbox)
    if (branch === undefined || !branch.startsWith('polecat/')) throw wrongBranch(ref, branch)
    if (exit === 'COMPLETED' || exit === 'PHASE_COMPLETE') await checkCommitted(ref, sandbox)
    if (record?.exit === exit && record.head === head && record.branch === branch) return record
    await push(sandbox, branch, await longWork(services, ref.rig))
    const now = new Date().toISOString()
    const known = record ?? {...unknownWorker(ref, own, now), base: await defaultBranch(sandbox)}
    const done = {...known, branch, exit, head, done_at: now}
    await writeRecord(ref, done)
    return done
  })
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

async function checkCommitted(ref: WorkerRef, sandbox: Repository): Promise<void> {
  const status = await gitOutput(sandbox, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--no-renames',
  ])
  const changed = status.split('\0').filter((entry) => entry !== '' && !isRuntimeFile(entry))
  if (changed.length === 0) return
  const shown = changed.slice(0, 5).map((entry) => shorten(entry))
  const more = changed.length > shown.length ? ` and ${changed.length - shown.length} more` : ''
  throw new GtError(`the work of ${addressOfWorker(ref)} is not committed: ${shown.join(', ')}${more}`, {
    code: 'NOT_COMMITTED',
    hint: 'Commit or discard it, then run gt done again.',
  })
}

/** Never forced, so that commits at the origin stay. */
async function push(sandbox: Repository, branch: string, work: LongWork): Promise<void> {
  const name = `refs/heads/${branch}`
  await gitOutput(sandbox, ['push', '--progress', '--', 'origin', `${name}:${name}`], work)
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
