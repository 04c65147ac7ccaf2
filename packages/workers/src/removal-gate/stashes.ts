import {countOf} from '../count-of.js'
import {entriesOf} from '../git-output.js'
import {type Finding, onlyHere, reason, some} from './finding.js'
import type {Worktree} from './identify.js'
import {type GateContext, runGit, testGit} from './repository.js'

/**
 * Condition 3: no stash belongs to this work. All worktrees share the stashes, and each stash names the branch on which
 * it was made. A stash without a branch may belong to this work, and with a detached HEAD any stash may.
 */
export async function checkStashes(context: GateContext, {branch}: Worktree): Promise<Finding[]> {
  if (!(await testGit(context, 'show-ref', '--verify', '--quiet', 'refs/stash'))) return []
  const stashes = entriesOf(
    await runGit(context, 'log', '--walk-reflogs', '-z', '--format=%gs', 'refs/stash'),
  )
  const ours = stashes.filter((subject) => {
    const named = /^(?:WIP on|On) (?!\(no branch\))([^:]+): /.exec(subject)?.[1]
    return branch === null || named === undefined || named === branch
  })
  if (ours.length === 0) return []
  const what = countOf(ours.length, 'stash', 'stashes')
  return [reason(`stashed: ${some(ours)}`, [onlyHere('stash', what)])]
}
