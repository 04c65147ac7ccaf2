import {readdir} from 'node:fs/promises'
import {dirname, isAbsolute, join, relative, resolve} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {isInside} from '../removal-gate/identify.js'
import {isRealDirectory} from '../sandbox.js'
import {adminNames, namedDotGit} from './admin-folders.js'
import {tryGit} from './ask-git.js'
import type {ModuleLink} from './manifest.js'
import type {OpenRig} from './open-rig.js'
import {type OwnWorktree, pointerOf} from './own-worktree.js'
import {readSmall, realpathIfThere} from './small-file.js'

const FILES = ['config', 'config.worktree'] as const

/** Finds the links between the sandbox and its submodules' repositories, also of removed and deinited submodules. */
export async function findModuleLinks(rig: OpenRig, worktree: OwnWorktree): Promise<ModuleLink[]> {
  const links: ModuleLink[] = []
  for (const repository of await moduleRepositories(worktree.admin)) {
    for (const file of FILES) {
      const link = await linkIn(rig, worktree, {repository, file})
      if (link) links.push(link)
    }
  }
  return links
}

/**
 * Finds the repositories below `modules/` at any depth. A submodule's name may contain slashes, and a submodule may
 * have submodules.
 *
 * @returns paths relative to the worktree's admin folder
 */
async function moduleRepositories(admin: string, below = 'modules'): Promise<string[]> {
  if (!(await isRealDirectory(join(admin, below)))) return []
  const found: string[] = []
  for (const entry of await readdir(join(admin, below), {withFileTypes: true})) {
    if (!entry.isDirectory()) continue
    const path = join(below, entry.name)
    if (await isRepository(join(admin, path)))
      found.push(path, ...(await moduleRepositories(admin, join(path, 'modules'))))
    else found.push(...(await moduleRepositories(admin, path)))
  }
  return found
}

async function isRepository(path: string): Promise<boolean> {
  return (await isThere(join(path, 'HEAD'))) && (await isThere(join(path, 'objects')))
}

/** Returns undefined if the file names no place in the sandbox. The file then stays as it is. */
async function linkIn(
  rig: OpenRig,
  {admin, path}: OwnWorktree,
  {repository, file}: Pick<ModuleLink, 'repository' | 'file'>,
): Promise<ModuleLink | undefined> {
  const folder = join(admin, repository)
  const value = await readWorktreeSetting(rig, join(folder, file))
  if (value === undefined) return undefined
  const place = resolve(folder, value)
  if (place === path || !isInside(place, path)) return undefined
  const back = await backLink(place, folder)
  return {
    repository,
    file,
    worktree: relative(path, place),
    form: isAbsolute(value) ? 'absolute' : 'relative',
    backForm: back === undefined ? 'none' : isAbsolute(back) ? 'absolute' : 'relative',
  }
}

/** Returns the path in the submodule's `.git` file, or undefined if it does not lead to the repository. */
async function backLink(place: string, repository: string): Promise<string | undefined> {
  if ((await realpathIfThere(place)) !== place) return undefined
  const link = pointerOf(await readSmall(join(place, '.git')))
  if (link === undefined) return undefined
  return (await realpathIfThere(resolve(place, link))) === repository ? link : undefined
}

/** Reads `core.worktree` from a configuration file. Does not follow its includes. */
export async function readWorktreeSetting(rig: OpenRig, file: string): Promise<string | undefined> {
  if ((await readSmall(file)) === undefined) return undefined
  const {code, stdout} = await tryGit(rig, ['config', '--file', file, '--null', '--get', 'core.worktree'])
  return code === 0 ? stdout.replace(/\0$/, '') : undefined
}

/** Paths of the repository's other worktrees, and of the worktrees of the sandbox's submodules. */
export async function otherWorktrees(
  rig: OpenRig,
  own: OwnWorktree | undefined,
): Promise<{ofRig: string[]; ofModules: string[]}> {
  const ofRig = await worktreesOf(rig.common, own?.id)
  if (!own) return {ofRig, ofModules: []}
  const modules = await moduleRepositories(own.admin)
  const ofModules = await Promise.all(modules.map((path) => worktreesOf(join(own.admin, path))))
  return {ofRig, ofModules: ofModules.flat()}
}

/** @param own name of a worktree to leave out */
async function worktreesOf(repository: string, own?: string): Promise<string[]> {
  const paths: string[] = []
  for (const name of await adminNames(repository)) {
    const dotGit = name === own ? undefined : await namedDotGit(join(repository, 'worktrees', name))
    if (dotGit === undefined) continue
    const path = dirname(dotGit)
    paths.push((await realpathIfThere(path)) ?? path)
  }
  return paths
}
