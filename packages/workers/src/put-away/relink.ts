import {chmod, lstat, readFile, rm, writeFile} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {isRealDirectory} from '../sandbox.js'
import {askGit} from './ask-git.js'
import type {ModuleLink, OfWorktree} from './manifest.js'
import {readWorktreeSetting} from './modules.js'
import type {OpenRig} from './open-rig.js'
import {pointerOf} from './own-worktree.js'
import {readSmall, realpathIfThere, rewriteSmall} from './small-file.js'

export interface Relinked {
  /** Current place of the sandbox. Absolute path without links. */
  tree: string
  /** Folder on the same filesystem for temporary files, so that none is left in a sandbox. */
  scratch: string
}

/**
 * Rewrites git's links between worktree and repository after a move, including those of submodules. Writes nothing into
 * a plain sandbox. Idempotent. Also works after the town itself was moved.
 */
export async function relink(rig: OpenRig, manifest: OfWorktree, {tree, scratch}: Relinked): Promise<void> {
  const admin = join(rig.common, 'worktrees', manifest.admin)
  const dotGit = join(tree, '.git')
  await rewriteSmall(join(admin, 'gitdir'), `${manifest.relative ? relative(admin, dotGit) : dotGit}\n`)
  if (manifest.plain) return
  await makeWritable(tree)
  await rewriteSmall(dotGit, `gitdir: ${manifest.relative ? relative(tree, admin) : admin}\n`, scratch)
  for (const link of manifest.modules) {
    await relinkModule(rig, link, {admin, tree, scratch})
  }
}

async function relinkModule(
  rig: OpenRig,
  {repository, file, worktree, form, backForm}: ModuleLink,
  {admin, tree, scratch}: Relinked & {admin: string},
): Promise<void> {
  const folder = join(admin, repository)
  const place = join(tree, worktree)
  if (!(await isRealDirectory(folder)) || (await realpathIfThere(folder)) !== folder) return
  const value = form === 'absolute' ? place : relative(folder, place)
  await setWorktree(rig, join(folder, file), {value, scratch})
  // A link here would make the write go outside of the sandbox.
  if (backForm === 'none' || (await realpathIfThere(place)) !== place) return
  const dotGit = join(place, '.git')
  if (pointerOf(await readSmall(dotGit)) === undefined) return
  await makeWritable(place)
  await rewriteSmall(
    dotGit,
    `gitdir: ${backForm === 'absolute' ? folder : relative(place, folder)}\n`,
    scratch,
  )
}

/** Sets `core.worktree` on a copy, since a killed git would leave a lock beside the real file and block others. */
async function setWorktree(
  rig: OpenRig,
  file: string,
  {value, scratch}: {value: string; scratch: string},
): Promise<void> {
  const text = await readSmall(file)
  if (text === undefined || (await readWorktreeSetting(rig, file)) === value) return
  const copy = join(scratch, '.config')
  await writeFile(copy, text)
  await askGit(rig, ['config', '--file', copy, '--replace-all', 'core.worktree', value])
  await rewriteSmall(file, await readFile(copy, 'utf8'))
  await rm(copy)
}

/** Gives the owner full access to a folder. Renaming it, and replacing files in it, both need write permission. */
export async function makeWritable(folder: string): Promise<void> {
  const {mode} = await lstat(folder)
  if ((mode & 0o700) !== 0o700) await chmod(folder, (mode & 0o7777) | 0o700)
}
