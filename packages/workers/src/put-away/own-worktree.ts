import {basename, dirname, isAbsolute, join, resolve} from 'node:path'
import {isInside} from '../removal-gate/identify.js'
import {isRealDirectory} from '../sandbox.js'
import {adminNames, namedDotGit, readGitdir} from './admin-folders.js'
import type {OpenRig} from './open-rig.js'
import {readSmall, realpathIfThere} from './small-file.js'

/** A sandbox as a worktree of the rig's repository. */
export interface OwnWorktree {
  /** Absolute path without links. */
  path: string
  /** Name of its admin folder in `worktrees/` of the repository. */
  id: string
  /** Absolute path of that folder. */
  admin: string
  /** Whether git's links between sandbox and repository are relative. */
  relative: boolean
}

/**
 * Finds the worktree of the rig's repository at a path. Reads files and does not run git, since the files of a sandbox
 * can make git start any program.
 *
 * @param path absolute path without links
 * @returns undefined if the path is not a worktree of the repository, or if one of git's links leads elsewhere
 */
export async function ownWorktree(rig: OpenRig, path: string): Promise<OwnWorktree | undefined> {
  const link = pointerOf(await readSmall(join(path, '.git')))
  if (link === undefined) return undefined
  const named = resolve(path, link)
  if ((await realpathIfThere(dirname(named))) !== join(rig.common, 'worktrees')) return undefined
  const worktree = await worktreeOfAdmin(rig, basename(named))
  return worktree?.path === path ? worktree : undefined
}

/** The worktree that an admin folder of the repository names, whether it exists or not. */
export async function worktreeOfAdmin(rig: OpenRig, id: string): Promise<OwnWorktree | undefined> {
  const admin = join(rig.common, 'worktrees', id)
  if (!(await isRealDirectory(admin))) return undefined
  const common = (await readSmall(join(admin, 'commondir')))?.trim() ?? ''
  if ((await realpathIfThere(resolve(admin, common))) !== rig.common) return undefined
  const back = (await readGitdir(admin)) ?? ''
  const from = resolve(admin, back)
  if (basename(from) !== '.git') return undefined
  const path = (await realpathIfThere(dirname(from))) ?? dirname(from)
  return {path, id, admin, relative: !isAbsolute(back)}
}

/**
 * Finds the worktree of the repository at a folder or in it whose own link back is broken or gone. Its admin folder
 * may still name work. Returns the first one if there are several.
 *
 * @param folder absolute path without links
 */
export async function brokenWorktree(rig: OpenRig, folder: string): Promise<OwnWorktree | undefined> {
  for (const id of await adminNames(rig.common)) {
    const worktree = await worktreeOfAdmin(rig, id)
    if (!worktree || !isInside(worktree.path, folder)) continue
    if ((await ownWorktree(rig, worktree.path))?.id !== id) return worktree
  }
  return undefined
}

/**
 * Finds the repository outside of a folder that has its worktree there, and knows it. A move would make that
 * repository forget it.
 *
 * @returns the worktree's admin folder in that repository
 */
export async function foreignAdmin(rig: OpenRig, path: string): Promise<string | undefined> {
  const link = pointerOf(await readSmall(join(path, '.git')))
  const admin = link === undefined ? undefined : await realpathIfThere(resolve(path, link))
  if (admin === undefined || dirname(admin) === join(rig.common, 'worktrees')) return undefined
  const back = await namedDotGit(admin)
  if (back === undefined) return undefined
  return (await realpathIfThere(dirname(back))) === path ? admin : undefined
}

/** Returns the path in the text of a `.git` file, or undefined if the text has another form. */
export function pointerOf(text: string | undefined): string | undefined {
  return /^gitdir: ([^\n]+)\n*$/.exec(text ?? '')?.[1]
}
