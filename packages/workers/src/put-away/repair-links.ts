import {basename, dirname, join, relative, resolve} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {adminNames} from './admin-folders.js'
import {type OpenRig, openRig, type RemovalContext} from './open-rig.js'
import {type OwnWorktree, ownWorktree, pointerOf, worktreeOfAdmin} from './own-worktree.js'
import {nameOfPlace, placeOf} from './places.js'
import {makeSmall, readSmall, realpathIfThere, rewriteSmall} from './small-file.js'

/**
 * Repairs git's two links between a worker's sandbox and the rig's repository, after either was moved. Unlike `git
 * worktree repair`, it touches no other worktree, takes none from another worker, and writes through no link. Does
 * nothing if the sandbox's `.git` is no regular file, or leads to another repository. Idempotent.
 *
 * @param sandbox absolute path, as from `findSandbox`
 */
export async function repairLinks(context: RemovalContext, sandbox: string): Promise<void> {
  const rig = await openRig(context)
  const path = placeOf(rig, nameOfPlace(rig, sandbox))
  if (await ownWorktree(rig, path)) return
  const worktree = (await namingPlace(rig, path)) ?? (await namedThere(rig, path))
  if (worktree) await linkBoth(rig, path, worktree)
}

/** The worktree whose admin folder names this place. */
async function namingPlace(rig: OpenRig, path: string): Promise<OwnWorktree | undefined> {
  for (const id of await adminNames(rig.common)) {
    const worktree = await worktreeOfAdmin(rig, id)
    if (worktree?.path === path) return worktree
  }
  return undefined
}

/** The worktree that the sandbox's `.git` names, unless it has another place where it works. */
async function namedThere(rig: OpenRig, path: string): Promise<OwnWorktree | undefined> {
  const link = pointerOf(await readSmall(join(path, '.git')))
  if (link === undefined) return undefined
  const named = resolve(path, link)
  const folder = await realpathIfThere(dirname(named))
  // A folder that is gone is that of a town which was moved.
  if (folder !== undefined && folder !== join(rig.common, 'worktrees')) return undefined
  const worktree = await worktreeOfAdmin(rig, basename(named))
  if (!worktree) return undefined
  return (await ownWorktree(rig, worktree.path))?.id === worktree.id ? undefined : worktree
}

async function linkBoth(
  rig: OpenRig,
  path: string,
  {admin, relative: isRelative}: OwnWorktree,
): Promise<void> {
  const dotGit = join(path, '.git')
  const pointer = `gitdir: ${isRelative ? relative(path, admin) : admin}\n`
  if (await isThere(dotGit)) await rewriteSmall(dotGit, pointer, rig.polecats)
  else await makeSmall(dotGit, pointer, rig.polecats)
  await rewriteSmall(join(admin, 'gitdir'), `${isRelative ? relative(admin, dotGit) : dotGit}\n`)
}
