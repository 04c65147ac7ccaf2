import {rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, unwritable} from '@gtown/sdk/files'
import type {OpenRig} from './open-rig.js'
import {cannotMove} from './refusals.js'
import {readSmall} from './small-file.js'

const lockOf = ({common}: OpenRig, admin: string) => join(common, 'worktrees', admin, 'locked')

const reasonOfLock = (id: string) => `gt put it away as ${id}; bring it back with: gt polecat restore\n`

/**
 * Locks a worktree in git's own way, so that no gc and no `git worktree` touches its admin folder. Idempotent. Rejects
 * with `CANNOT_MOVE` if somebody else has locked it.
 */
export async function lockWorktree(rig: OpenRig, admin: string, id: string): Promise<void> {
  const file = lockOf(rig, admin)
  try {
    await writeFile(file, reasonOfLock(id), {flag: 'wx'})
  } catch (error) {
    if (!hasErrno(error, 'EEXIST')) throw unwritable(file, error)
    if (!(await isLockedAs(rig, admin, id))) throw cannotMove(admin, 'somebody else has locked it')
  }
}

/** Whether the lock is ours. A truncated lock counts as ours: its writer may have been killed. */
export async function isLockedAs(rig: OpenRig, admin: string, id: string): Promise<boolean> {
  const text = await readSmall(lockOf(rig, admin))
  return text !== undefined && reasonOfLock(id).startsWith(text)
}

/** Removes the lock if it is ours. Idempotent. */
export async function unlockWorktree(rig: OpenRig, admin: string, id: string): Promise<void> {
  if (!(await isLockedAs(rig, admin, id))) return
  try {
    await rm(lockOf(rig, admin), {force: true})
  } catch (error) {
    throw unwritable(lockOf(rig, admin), error)
  }
}
