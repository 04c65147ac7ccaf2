import {countOf} from '../count-of.js'
import {entriesOf, linesOf} from '../git-output.js'
import {type Finding, onlyHere, reason, some} from './finding.js'
import type {Worktree} from './identify.js'
import {type GateContext, runGit, testGit} from './repository.js'
import {listWorktrees} from './worktrees.js'

interface Stash {
  /** What the list of stashes says of it. */
  title: string
  /** The branch on which it was made; null for a detached HEAD, undefined if nothing says it. */
  branch: string | null | undefined
  /** The commit on which it was made. */
  base: string
}

/**
 * Condition 3: no stash belongs to this work. All worktrees share the stashes. The subject of a stash's own commit names
 * the branch, also if the list calls it otherwise, such as `autostash`.
 */
export async function checkStashes(context: GateContext, worktree: Worktree): Promise<Finding[]> {
  if (!(await testGit(context, 'show-ref', '--verify', '--quiet', 'refs/stash'))) return []
  const isOurs = await ownership(context, worktree)
  const ours = (await readStashes(context)).filter(isOurs)
  if (ours.length === 0) return []
  const what = countOf(ours.length, 'stash', 'stashes')
  return [reason(`stashed: ${some(ours.map(({title}) => title))}`, [onlyHere('stash', what)])]
}

async function readStashes(context: GateContext): Promise<Stash[]> {
  const text = await runGit(
    context,
    'log',
    '--walk-reflogs',
    '-z',
    '--format=%gs%n%s%n%P',
    'refs/stash',
    '--',
  )
  return entriesOf(text).map((entry) => {
    const [title = '', subject = '', parents = ''] = entry.split('\n')
    return {title, branch: branchIn(subject) ?? branchIn(title), base: parents.split(' ')[0] ?? ''}
  })
}

function branchIn(subject: string): string | null | undefined {
  const named = /^(?:WIP on|On) (\(no branch\)|[^:]+): /.exec(subject)?.[1]
  return named === '(no branch)' ? null : named
}

/**
 * A stash of a detached HEAD may belong to this work only if this HEAD has been where the stash was made. A stash of a
 * branch does not belong to a detached HEAD if another worktree has that branch.
 */
async function ownership(context: GateContext, {branch}: Worktree): Promise<(stash: Stash) => boolean> {
  const log = new Set(linesOf(await runGit(context, 'log', '--walk-reflogs', '--format=%H', 'HEAD', '--')))
  const elsewhere = new Set((await listWorktrees(context)).map((worktree) => worktree.branch))
  return (stash) => {
    if (stash.branch === undefined) return true
    if (stash.branch === null) return log.size === 0 || log.has(stash.base)
    return branch === null ? !elsewhere.has(`refs/heads/${stash.branch}`) : stash.branch === branch
  }
}
