import {type Finding, reason, some} from './finding.js'
import type {Worktree} from './identify.js'
import {ask, entriesOf, type GateContext, isSo} from './repository.js'

/**
 * Condition 3: no stash belongs to this work. All worktrees share the stashes, which name the branch that they were
 * made on; one that names none may be anybody's, and so may all for a detached HEAD.
 */
export async function checkStashes(context: GateContext, {branch}: Worktree): Promise<Finding[]> {
  if (!(await isSo(context, 'show-ref', '--verify', '--quiet', 'refs/stash'))) return []
  const stashes = entriesOf(await ask(context, 'log', '--walk-reflogs', '-z', '--format=%gs', 'refs/stash'))
  const ours = stashes.filter((subject) => {
    const named = /^(?:WIP on|On) (?!\(no branch\))([^:]+): /.exec(subject)?.[1]
    return branch === null || named === undefined || named === branch
  })
  return ours.length > 0 ? [reason(`stashed: ${some(ours)}`)] : []
}
