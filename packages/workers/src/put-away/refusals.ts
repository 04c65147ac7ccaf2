import {lstat} from 'node:fs/promises'
import {join} from 'node:path'
import {GtError, type Occupant, shorten} from '@gtown/sdk'
import {isThere, unreadable} from '@gtown/sdk/files'
import {some} from '../removal-gate/finding.js'
import {isInside} from '../removal-gate/identify.js'
import {otherWorktrees} from './modules.js'
import {mountsIn} from './mounts.js'
import type {Movable} from './movable.js'
import type {OpenRig} from './open-rig.js'
import {foreignAdmin, type OwnWorktree} from './own-worktree.js'
import {readSmall, realpathIfThere} from './small-file.js'

type Occupants = readonly Occupant[] | undefined

/** Lists the processes that work in a folder, an absolute path without links. Undefined if the system cannot tell. */
export type ProcessesIn = (directory: string) => Occupants | Promise<Occupants>

export interface Caller {
  /** Working directory of the caller. A sandbox around it is not moved. */
  callerDirectory: string
  processesIn: ProcessesIn
}

/** Refuses to move a sandbox if the move would do harm. Makes only checks that are possible while its agent runs. */
export async function refuseUnmovable(
  rig: OpenRig,
  movable: Movable,
  {callerDirectory}: Pick<Caller, 'callerDirectory'>,
): Promise<void> {
  const {path, worktree} = movable
  const caller = await realpathIfThere(callerDirectory)
  if (caller !== undefined && isInside(caller, path))
    throw inUse(path, 'this command was run from inside it', 'Run it from another directory.')
  if (worktree) await refuseLock(worktree)
  await refuseMounts(path)
  await refuseForeign(rig, movable)
  await refuseWorktrees(rig, movable)
  await refuseOtherDevice(rig, path)
}

/** Refuses a locked worktree. The lock says that somebody needs the worktree where it is. */
async function refuseLock({path, admin}: OwnWorktree): Promise<void> {
  if (!(await isThere(join(admin, 'locked')))) return
  const reason = (await readSmall(join(admin, 'locked')))?.trim()
  throw new GtError(`the worktree ${path} is locked${reason ? `: ${shorten(reason)}` : ''}`, {
    code: 'WORKTREE_LOCKED',
    hint: `The sandbox stays as it is. If nobody needs it there, unlock it: git worktree unlock ${path}`,
  })
}

/** Refuses a folder with a mount in it. Neither a move nor a deletion may touch mounted files. */
export async function refuseMounts(path: string): Promise<void> {
  const mounts = await mountsIn(path)
  if (mounts.length === 0) return
  throw new GtError(`something is mounted in ${path}: ${some(mounts)}`, {
    code: 'SANDBOX_MOUNTED',
    hint: `The sandbox stays as it is. Unmount it, and try again: umount ${mounts[0]}`,
    details: {mounts},
  })
}

/** Refuses a worktree that another repository knows. That repository would forget it at its next prune. */
async function refuseForeign(rig: OpenRig, {path, plain}: Movable): Promise<void> {
  if (!plain) return
  for (const place of [path, join(path, rig.rig.name)]) {
    const admin = await foreignAdmin(rig, place)
    if (admin === undefined) continue
    throw new GtError(`${place} is a worktree of another repository: ${admin} names it`, {
      code: 'WORKTREE_FOREIGN',
      hint: `The sandbox stays as it is. Move it with its repository: git -C ${place} worktree move ${place} ELSEWHERE`,
      details: {admin},
    })
  }
}

async function refuseWorktrees(rig: OpenRig, {path, worktree}: Movable): Promise<void> {
  const {ofRig, ofModules} = await otherWorktrees(rig, worktree)
  // A worktree of a submodule depends on a repository that moves with the sandbox, so its own place does not matter.
  const inside = [...ofRig.filter((other) => isInside(other, path)), ...ofModules]
  if (inside.length === 0) return
  throw new GtError(`other worktrees depend on ${path}: ${some(inside)}`, {
    code: 'WORKTREE_INSIDE',
    hint: 'The sandbox stays as it is. Move those inside it, and remove those of its submodules, with git worktree.',
    details: {worktrees: inside},
  })
}

async function refuseOtherDevice({polecats}: OpenRig, path: string): Promise<void> {
  if (!(await isThere(path))) return
  try {
    const [here, there] = await Promise.all([lstat(path), lstat(polecats)])
    if (here.dev !== there.dev) throw cannotMove(path, 'it is on a different filesystem from its rig')
  } catch (error) {
    throw error instanceof GtError ? error : unreadable(path, error)
  }
}

export function cannotMove(path: string, why: string): GtError {
  return new GtError(`${path} cannot be moved: ${why}`, {
    code: 'CANNOT_MOVE',
    hint: 'The sandbox stays as it is. Fix that, and try again.',
  })
}

/** Refuses a sandbox with processes of any user in it. They would go on working in a place that nobody watches. */
export async function refuseProcesses(
  path: string,
  {processesIn}: Pick<Caller, 'processesIn'>,
): Promise<void> {
  const occupants = await processesIn(path)
  if (occupants === undefined)
    throw inUse(path, 'gt cannot see which processes run in it', 'gt needs /proc or lsof.')
  if (occupants.length === 0) return
  const words = some(occupants.map(({pid, command}) => `${pid} (${shorten(command, 60)})`))
  throw new GtError(`processes are running in ${path}: ${words}`, {
    code: 'SANDBOX_IN_USE',
    hint: 'The sandbox stays as it is. End them, and try again.',
    details: {processes: occupants},
  })
}

function inUse(path: string, why: string, next: string): GtError {
  return new GtError(`${path} is in use: ${why}`, {
    code: 'SANDBOX_IN_USE',
    hint: `The sandbox stays as it is. ${next}`,
  })
}
