import {basename, dirname, isAbsolute, join, resolve} from 'node:path'
import {GtError} from '@gtown/sdk'
import {isRealDirectory} from '../sandbox.js'
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
 * can make git start any program. Rejects with `WORKTREE_BROKEN` if the path is not a worktree of the repository, or if
 * one of git's links leads elsewhere.
 *
 * @param path absolute path without links
 */
export async function ownWorktree(rig: OpenRig, path: string): Promise<OwnWorktree> {
  const link = pointerOf(await readSmall(join(path, '.git')))
  if (link === undefined) throw notOwn(path, 'its .git is not a file that names a repository')
  const named = resolve(path, link)
  const [id, worktrees] = [basename(named), join(rig.common, 'worktrees')]
  const admin = join(worktrees, id)
  if ((await realpathIfThere(dirname(named))) !== worktrees || !(await isRealDirectory(admin))) {
    throw notOwn(path, `its .git names ${named}, which is not a worktree of ${rig.common}`)
  }
  const back = (await readSmall(join(admin, 'gitdir')))?.trim() ?? ''
  const from = resolve(admin, back)
  if (basename(from) !== '.git' || (await realpathIfThere(dirname(from))) !== path) {
    throw notOwn(path, `${join(admin, 'gitdir')} names ${from}`)
  }
  const common = (await readSmall(join(admin, 'commondir')))?.trim() ?? ''
  if ((await realpathIfThere(resolve(admin, common))) !== rig.common) {
    throw notOwn(path, `${admin} belongs to another repository`)
  }
  return {path, id, admin, relative: !isAbsolute(back)}
}

/** Returns the path in the text of a `.git` file, or undefined if the text has another form. */
export function pointerOf(text: string | undefined): string | undefined {
  return /^gitdir: ([^\n]+)\n*$/.exec(text ?? '')?.[1]
}

function notOwn(path: string, why: string): GtError {
  return new GtError(`${path} is not a worktree of its rig: ${why}`, {
    code: 'WORKTREE_BROKEN',
    hint: `The sandbox stays as it is. Repair it with: git worktree repair ${path}`,
  })
}
