import {realpath} from 'node:fs/promises'
import {isAbsolute, relative} from 'node:path'
import {GtError} from '@gtown/sdk'
import {linesOf} from '../git-output.js'
import {type GateContext, runGit} from './repository.js'

/** A worktree's identity and current commit. */
export interface Worktree {
  /** Its path without links. */
  path: string
  /** The git directory of this worktree alone. */
  gitDir: string
  /** The git directory that all worktrees of the repository share. */
  commonDir: string
  /** Commit id. */
  head: string
  /** Null when HEAD is detached. */
  branch: string | null
  /** True for a shallow history, in which a missing commit proves nothing. */
  shallow: boolean
}

/**
 * Identifies the worktree at a path. Rejects with `WORKTREE_BROKEN` when the path is not the root of a worktree: git
 * would then answer for a repository around it.
 */
export async function identifyWorktree(context: GateContext): Promise<Worktree> {
  const path = await realpath(context.path)
  const answers = linesOf(
    await runGit(
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
  if (top !== path) throw broken(context.path, `git treats it as part of ${top}`)
  if (gitDir === commonDir) throw broken(context.path, 'it is a repository of its own')
  return {path, gitDir, commonDir, shallow: shallow === 'true', ...(await readHead(context))}
}

/** The checked-out commit and branch. Rejects when there is no commit yet. */
export async function readHead(context: GateContext): Promise<Pick<Worktree, 'head' | 'branch'>> {
  const head = (await runGit(context, 'rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}')).trim()
  const name = (await runGit(context, 'rev-parse', '--symbolic-full-name', 'HEAD')).trim()
  return {head, branch: name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : null}
}

/** True for the directory itself and for everything in it. Both must be real paths. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path)
  return way === '' || (way !== '..' && !way.startsWith('../') && !isAbsolute(way))
}

function broken(path: string, why: string): GtError {
  return new GtError(`${path} is not a worktree: ${why}`, {code: 'WORKTREE_BROKEN'})
}
