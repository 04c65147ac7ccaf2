import {join} from 'node:path'
import {GtError} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {findSandbox, isRealDirectory, namesIn} from '../sandbox.js'
import {type OpenRig, openRig, type RemovalContext} from './open-rig.js'
import {brokenWorktree, type OwnWorktree, ownWorktree} from './own-worktree.js'
import {nameOfPlace, placeOf} from './places.js'

/** What a put-away moves: a worktree of the rig, or anything else in the place of a worker. */
export interface Movable {
  /** Absolute path; nothing above its last part is a link. */
  path: string
  /** The worktree of the rig. If `plain`, the one whose link is broken, and which may be in a folder of `path`. */
  worktree: OwnWorktree | undefined
  /** Whether it is no working worktree of the rig, so that it moves as it is. */
  plain: boolean
}

/**
 * Finds what a put-away of a worker moves: its sandbox, if that is a worktree of the rig, or else the whole folder of
 * the worker, or the file or link in its place. If that was deleted, its path need not exist, but the repository still
 * knows the worktree. Rejects with `SANDBOX_GONE` if nothing is there.
 */
export async function findMovable(rig: OpenRig, name: string): Promise<Movable> {
  const sandbox = await findSandbox({rig: rig.rig, name})
  const path = sandbox === undefined ? undefined : placeOf(rig, nameOfPlace(rig, sandbox))
  const own = path === undefined ? undefined : await ownWorktree(rig, path)
  if (own) return {path: own.path, worktree: own, plain: false}
  const home = join(rig.polecats, name)
  const worktree = await brokenWorktree(rig, home)
  if (!worktree && (!(await isThere(home)) || (await isEmpty(rig, home)))) throw gone(rig, name)
  return {path: home, worktree, plain: true}
}

/**
 * Whether the repository still knows a worktree in the place of a worker whose own link is broken or gone. Git would
 * connect a new worktree there with it. Takes no lock.
 */
export async function hasBrokenWorktree(context: RemovalContext & {name: string}): Promise<boolean> {
  const rig = await openRig(context)
  return (await brokenWorktree(rig, join(rig.polecats, context.name))) !== undefined
}

/** Whether a folder holds nothing but the lock that guards a sandbox. A file or a link is not empty. */
async function isEmpty({rig}: OpenRig, home: string): Promise<boolean> {
  if (!(await isRealDirectory(home))) return false
  return (await namesIn(home)).every((name) => name === `.${rig.name}.lock`)
}

function gone({rig}: OpenRig, name: string): GtError {
  return new GtError(`${rig.name}/${name} has no sandbox`, {
    code: 'SANDBOX_GONE',
    hint: `List the sandboxes that were put away: gt polecat list ${rig.name} --removed`,
  })
}
