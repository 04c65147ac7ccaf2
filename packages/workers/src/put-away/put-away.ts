import {randomUUID} from 'node:crypto'
import {lstat} from 'node:fs/promises'
import {GtError} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {readRecord} from '../record.js'
import type {WorkerRecord} from '../record-format.js'
import {findSandbox} from '../sandbox.js'
import {readHead} from './ask-git.js'
import {branchConfiguration} from './branch.js'
import {finishPutAway, undoPutAway} from './finish.js'
import {type RemovedSandbox, viewOf} from './list.js'
import {lockWorktree} from './lock-worktree.js'
import {entryFolder, hasArrived, type Manifest, treeOf, type Verdict, writeManifest} from './manifest.js'
import {findModuleLinks} from './modules.js'
import {moveTree} from './move.js'
import {
  makeFolder,
  type OpenRig,
  openRig,
  type RemovalContext,
  syncFolder,
  whileNobodyMoves,
} from './open-rig.js'
import {type OwnWorktree, ownWorktree} from './own-worktree.js'
import {pin, pinsOf} from './pin.js'
import {nameOfPlace, placeOf, purgingFolder} from './places.js'
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
 * Moves the whole sandbox of a worker out of the way, and removes the worker's record. Deletes no work: `restore`
 * brings everything back. Rejects with `SANDBOX_GONE`, `SANDBOX_IN_USE`, `SANDBOX_MOUNTED`, `SANDBOX_CHANGED`,
 * `WORKTREE_BROKEN`, `WORKTREE_LOCKED`, `WORKTREE_INSIDE`, `CANNOT_MOVE` or `LOCKED`, and then changes nothing. If the
 * process is killed, the next put-away, restore, purge or recovery finishes or undoes the put-away.
 *
 * The caller must hold `withRecordLock`, and must have ended the processes of the sandbox.
 */
export async function putAway(request: PutAwayRequest): Promise<RemovedSandbox> {
  const rig = await openRig(request)
  return await whileNobodyMoves(rig, async () => {
    await recoverAll(rig)
    const worktree = await findOwnWorktree(rig, request.name)
    await refuseUnmovable(rig, worktree, request)
    await refuseProcesses(worktree.path, request)
    return await moveAway(rig, worktree, request)
  })
}

/**
 * Runs the checks of `putAway` while the agent still runs. `processesIn` must leave out its session's processes. Rejects
 * as `putAway` does. Changes nothing.
 */
export async function checkMovable(request: Omit<PutAwayRequest, 'verdict'>): Promise<void> {
  const rig = await openRig(request)
  const worktree = await findOwnWorktree(rig, request.name)
  await refuseUnmovable(rig, worktree, request)
  await refuseProcesses(worktree.path, request)
}

async function findOwnWorktree(rig: OpenRig, name: string): Promise<OwnWorktree> {
  const path = await findSandbox({rig: rig.rig, name})
  if (path !== undefined) return await ownWorktree(rig, placeOf(rig, nameOfPlace(rig, path)))
  throw new GtError(`${rig.rig.name}/${name} has no sandbox`, {
    code: 'SANDBOX_GONE',
    hint: `List the sandboxes that were put away: gt polecat list ${rig.rig.name} --removed`,
  })
}

async function moveAway(
  rig: OpenRig,
  worktree: OwnWorktree,
  request: PutAwayRequest,
): Promise<RemovedSandbox> {
  const manifest = await describe(rig, worktree, request)
  if (request.head !== undefined && manifest.head !== request.head) throw moved(worktree.path)
  const id = await freeId(rig, manifest)
  const entry = entryFolder(rig, id)
  try {
    await makeFolder(rig.removed)
    await makeFolder(entry)
    await syncFolder(rig.removed)
    await writeManifest(entry, manifest)
    await rig.step('moving')
    await pin(rig, id, manifest)
    await rig.step('pinned')
    await lockWorktree(rig, manifest.admin, id)
    await rig.step('locked')
    // Checks again right before the rename, since a mount or a process may have come in the meantime.
    await refuseMounts(worktree.path)
    await refuseProcesses(worktree.path, request)
    await moveTree(worktree.path, treeOf(entry))
  } catch (error) {
    // After the rename, only a recovery can continue.
    if (!(await hasArrived(entry))) await undoPutAway(rig, id, manifest)
    throw error
  }
  await rig.step('moved')
  return viewOf(rig, id, await finishPutAway(rig, id, manifest))
}

async function describe(
  rig: OpenRig,
  worktree: OwnWorktree,
  {name, verdict}: PutAwayRequest,
): Promise<Manifest> {
  const {head, branch} = await readHead(rig, worktree.id)
  const record = await presentRecord(rig, name)
  return {
    version: 1,
    state: 'moving',
    name,
    path: `polecats/${worktree.path.slice(rig.polecats.length + 1)}`,
    admin: worktree.id,
    head,
    branch,
    branch_configuration: await branchConfiguration(rig, branch),
    mode: (await lstat(worktree.path)).mode & 0o7777,
    relative: worktree.relative,
    modules: await findModuleLinks(rig, worktree),
    removed_at: new Date().toISOString(),
    verdict,
    ...(record && {record}),
  }
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
