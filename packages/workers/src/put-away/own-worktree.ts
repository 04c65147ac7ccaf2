import {basename, dirname, isAbsolute, join, resolve} from 'node:path'
import {GtError} from '@gtown/sdk'
import {isRealDirectory} from '../sandbox.js'
import type {OpenRig} from './open-rig.js'
import {readSmall, realpathIfThere} from './small-file.js'

/** Which worktree of the rig's repository a sandbox is. */
export interface OwnWorktree {
  /** Absolute path without links. */
  path: string
  /** The name of what git keeps of it, and the absolute path of that folder. */
  id: string
  admin: string
  /** Whether git's links between the two are relative. */
  relative: boolean
}

/**
 * Finds out which worktree of the rig's repository is at a path, by its files alone: what is in a sandbox may have been
 * made so that git, run in it, starts any program. Rejects with `WORKTREE_BROKEN` where it is none, or where one of
 * git's links leads elsewhere.
 */
export async function ownWorktree(rig: OpenRig, path: string): Promise<OwnWorktree> {
  const link = pointerOf(await readSmall(join(path, '.git')))
  if (link === undefined) throw notOwn(path, 'its .git is no file that names a repository')
  const named = resolve(path, link)
  const [id, worktrees] = [basename(named), join(rig.common, 'worktrees')]
  const admin = join(worktrees, id)
  if ((await realpathIfThere(dirname(named))) !== worktrees || !(await isRealDirectory(admin))) {
    throw notOwn(path, `its .git names ${named}, which is no worktree of ${rig.common}`)
  }
  const back = (await readSmall(join(admin, 'gitdir')))?.trim() ?? ''
  const from = resolve(admin, back)
  if (basename(from) !== '.git' || (await realpathIfThere(dirname(from))) !== path) {
    throw notOwn(path, `git takes ${from} for it`)
  }
  const common = (await readSmall(join(admin, 'commondir')))?.trim() ?? ''
  if ((await realpathIfThere(resolve(admin, common))) !== rig.common) {
    throw notOwn(path, `${admin} belongs to another repository`)
  }
  return {path, id, admin, relative: !isAbsolute(back)}
}

/** What a `.git` file names; undefined where it is none. */
export function pointerOf(text: string | undefined): string | undefined {
  return /^gitdir: ([^\n]+)\n*$/.exec(text ?? '')?.[1]
}

function notOwn(path: string, why: string): GtError {
  return new GtError(`${path} is no worktree of its rig: ${why}`, {
    code: 'WORKTREE_BROKEN',
    hint: `The sandbox stays as it is. Mend it with: git worktree repair ${path}`,
  })
}
