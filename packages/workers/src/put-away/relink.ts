import {chmod, lstat, readFile, rm, writeFile} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {isRealDirectory} from '../sandbox.js'
import {askGit} from './ask-git.js'
import type {Manifest, ModuleLink} from './manifest.js'
import {readWorktreeSetting} from './modules.js'
import type {OpenRig} from './open-rig.js'
import {pointerOf} from './own-worktree.js'
import {readSmall, realpathIfThere, rewriteSmall} from './small-file.js'

export interface Relinked {
  /** Where the sandbox is now. Absolute path without links. */
  tree: string
  /** A folder on the same filesystem, for temporary files: none is left in a sandbox. */
  scratch: string
}

/**
 * Makes worktree and repository name each other, after the sandbox was moved, and its submodules' as well.
 * Idempotent, and independent of where the town was when the links were written.
 */
export async function relink(rig: OpenRig, manifest: Manifest, {tree, scratch}: Relinked): Promise<void> {
  const admin = join(rig.common, 'worktrees', manifest.admin)
  const dotGit = join(tree, '.git')
  await rewriteSmall(join(admin, 'gitdir'), `${manifest.relative ? relative(admin, dotGit) : dotGit}\n`)
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
  // Through a link, a file outside of the sandbox would be written.
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

/** By git, but on a copy: a git that is killed leaves a lock, which would stand in everybody's way. */
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

/** A folder is renamed, and files are replaced in it, only by who may write it. */
export async function makeWritable(folder: string): Promise<void> {
  const {mode} = await lstat(folder)
  if ((mode & 0o700) !== 0o700) await chmod(folder, (mode & 0o7777) | 0o700)
}
