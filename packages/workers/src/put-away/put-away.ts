import {randomUUID} from 'node:crypto'
import {lstat} from 'node:fs/promises'
import {relative} from 'node:path'
import {GtError} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {readRecord} from '../record.js'
import type {WorkerRecord} from '../record-format.js'
import {readHead} from './ask-git.js'
import {branchConfiguration} from './branch.js'
import {finishPutAway, undoPutAway} from './finish.js'
import {type RemovedSandbox, viewOf} from './list.js'
import {lockWorktree} from './lock-worktree.js'
import {
  contentOf,
  entryFolder,
  hasArrived,
  isOfWorktree,
  type Manifest,
  type OfWorktree,
  treeOf,
  type Verdict,
  writeManifest,
} from './manifest.js'
import {findModuleLinks} from './modules.js'
import {findMovable, type Movable} from './movable.js'
import {moveTree} from './move.js'
import {
  makeFolder,
  type OpenRig,
  openRig,
  type RemovalContext,
  syncFolder,
  whileNobodyMoves,
} from './open-rig.js'
import {pin, pinsOf} from './pin.js'
import {purgingFolder} from './places.js'
import {recoverAll} from './recover.js'
import {type Caller, refuseMounts, refuseProcesses, refuseUnmovable} from './refusals.js'

export interface PutAwayRequest extends RemovalContext, Caller {
  /** Name of the worker. */
  name: string
  /** Verdict of the removal gate. It does not affect the put-away, but decides whether a purge needs `unclean`. */
  verdict: Verdict
  /** The commit that the removal was decided for. The sandbox must still be at it. */
  head?: string
}

/**
 * Moves the whole sandbox of a worker out of the way, and removes the worker's record. Anything else in the place of
 * the worker moves as it is: a folder, file or link that is no worktree of the rig. Its verdict is never `safe`.
 * Deletes no work: `restore` brings everything back. Rejects with `SANDBOX_GONE`, `SANDBOX_IN_USE`, `SANDBOX_MOUNTED`,
 * `SANDBOX_CHANGED`, `WORKTREE_FOREIGN`, `WORKTREE_LOCKED`, `WORKTREE_INSIDE`, `CANNOT_MOVE` or `LOCKED`, and then
 * changes nothing. If the process is killed, the next put-away, restore, purge or recovery finishes or undoes the
 * put-away.
 *
 * The caller must hold `withRecordLock`, and must have ended the processes of the sandbox.
 */
export async function putAway(request: PutAwayRequest): Promise<RemovedSandbox> {
  const rig = await openRig(request)
  return await whileNobodyMoves(rig, async () => {
    await recoverAll(rig)
    const movable = await findMovable(rig, request.name)
    await refuseUnmovable(rig, movable, request)
    await refuseProcesses(movable.path, request)
    // A folder to move, for a worktree whose own was deleted by hand.
    if (!(await isThere(movable.path))) await makeFolder(movable.path)
    return await moveAway(rig, movable, request)
  })
}

/**
 * Runs the checks of `putAway` while the agent still runs. `processesIn` must leave out its session's processes. Rejects
 * as `putAway` does. Changes nothing.
 */
export async function checkMovable(request: Omit<PutAwayRequest, 'verdict'>): Promise<void> {
  const rig = await openRig(request)
  const movable = await findMovable(rig, request.name)
  await refuseUnmovable(rig, movable, request)
  await refuseProcesses(movable.path, request)
}

async function moveAway(rig: OpenRig, movable: Movable, request: PutAwayRequest): Promise<RemovedSandbox> {
  const {path} = movable
  const manifest = await describe(rig, movable, request)
  if (request.head !== undefined && manifest.head !== request.head) throw moved(path)
  const id = await freeId(rig, manifest)
  const entry = entryFolder(rig, id)
  try {
    await makeFolder(rig.removed)
    await makeFolder(entry)
    await syncFolder(rig.removed)
    await writeManifest(entry, manifest)
    await rig.step('moving')
    if (isOfWorktree(manifest)) await protect(rig, id, manifest)
    // Checks again right before the rename, since a mount or a process may have come in the meantime.
    await refuseMounts(path)
    await refuseProcesses(path, request)
    if (manifest.plain) await makeFolder(treeOf(entry))
    await moveTree(path, contentOf(entry, manifest))
  } catch (error) {
    // After the rename, only a recovery can continue.
    if (!(await hasArrived(entry, manifest))) await undoPutAway(rig, id, manifest)
    throw error
  }
  await rig.step('moved')
  return viewOf(rig, id, await finishPutAway(rig, id, manifest))
}

async function protect(rig: OpenRig, id: string, manifest: OfWorktree): Promise<void> {
  await pin(rig, id, manifest)
  await rig.step('pinned')
  await lockWorktree(rig, manifest.admin, id)
  await rig.step('locked')
}

async function describe(
  rig: OpenRig,
  {path, worktree, plain}: Movable,
  {name, verdict}: PutAwayRequest,
): Promise<Manifest> {
  const {head, branch} = worktree ? await readHead(rig, worktree.id) : {head: null, branch: null}
  const record = await presentRecord(rig, name)
  return {
    version: 1,
    state: 'moving',
    name,
    path: `polecats/${path.slice(rig.polecats.length + 1)}`,
    admin: worktree?.id ?? null,
    head,
    branch,
    branch_configuration: await branchConfiguration(rig, branch),
    mode: (await lstat(path)).mode & 0o7777,
    relative: worktree?.relative ?? false,
    modules: worktree && !plain ? await findModuleLinks(rig, worktree) : [],
    removed_at: new Date().toISOString(),
    verdict: plain ? unlessSafe(verdict) : verdict,
    ...(plain && {plain}),
    ...(plain && worktree && worktree.path !== path && {inside: relative(path, worktree.path)}),
    ...(record && {record}),
  }
}

/** Nothing says that the content of a plain folder exists anywhere else. */
function unlessSafe(verdict: Verdict): Verdict {
  return verdict.is === 'safe' ? {is: 'unknown', reasons: ['it is not a worktree of its rig']} : verdict
}

async function presentRecord({rig}: OpenRig, name: string): Promise<WorkerRecord | undefined> {
  const read = await readRecord({rig, name})
  return read.is === 'present' ? read.record : undefined
}

/** Returns an id that no entry has or had. A purged entry still has its pins. */
async function freeId(rig: OpenRig, {name, record}: Manifest): Promise<string> {
  const base = `${name}-${record?.incarnation ?? Date.now().toString(36)}`.replaceAll(/[^\w-]/g, '-')
  for (let count = 1; count < 1000; count++) {
    const id = count === 1 ? base : `${base}-${count}`
    const isTaken =
      (await isThere(entryFolder(rig, id))) ||
      (await isThere(purgingFolder(rig, id))) ||
      (await pinsOf(rig, id)).length > 0
    if (!isTaken) return id
  }
  return `${base}-${randomUUID()}`
}

function moved(path: string): GtError {
  return new GtError(`${path} was not removed: its HEAD has moved`, {
    code: 'SANDBOX_CHANGED',
    hint: 'The sandbox stays as it is. Check its new HEAD, and try again.',
  })
}
