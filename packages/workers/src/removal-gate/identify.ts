import {realpath} from 'node:fs/promises'
import {isAbsolute, relative} from 'node:path'
import {GtError} from '@gtown/sdk'
import {ask, type GateContext, linesOf} from './repository.js'

/** Which worktree this is. */
export interface Worktree {
  /** Its path without links. */
  path: string
  /** What git keeps of this worktree alone. */
  gitDir: string
  /** What it shares with all worktrees of the repository. */
  commonDir: string
  /** A commit. */
  head: string
  /** Null when HEAD is detached. */
  branch: string | null
  /** True where the history was cut, so that what is not found may be there all the same. */
  shallow: boolean
}

/**
 * Finds out which worktree is at a path. Rejects with `WORKTREE_BROKEN` when it is none of its own: git would then
 * answer for a repository around it.
 */
export async function identify(context: GateContext): Promise<Worktree> {
  const path = await realpath(context.path)
  const answers = linesOf(
    await ask(
      context,
      'rev-parse',
      '--path-format=absolute',
      '--show-toplevel',
      '--absolute-git-dir',
      '--git-common-dir',
      '--is-shallow-repository',
    ),
  )
  const [top = '', gitDir = '', commonDir = '', shallow] = answers
  if (top !== path) throw broken(context.path, `git takes it for a part of ${top}`)
  if (gitDir === commonDir) throw broken(context.path, 'it is a repository of its own')
  return {path, gitDir, commonDir, shallow: shallow === 'true', ...(await readHead(context))}
}

/** The commit and the branch that are checked out. Rejects where there is no commit yet. */
export async function readHead(context: GateContext): Promise<Pick<Worktree, 'head' | 'branch'>> {
  const head = (await ask(context, 'rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}')).trim()
  const name = (await ask(context, 'rev-parse', '--symbolic-full-name', 'HEAD')).trim()
  return {head, branch: name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : null}
}

/** True for the directory itself and for all that is in it. Both are paths without links. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path)
  return way === '' || (way !== '..' && !way.startsWith('../') && !isAbsolute(way))
}

function broken(path: string, why: string): GtError {
  return new GtError(`${path} is no worktree: ${why}`, {code: 'WORKTREE_BROKEN'})
}
