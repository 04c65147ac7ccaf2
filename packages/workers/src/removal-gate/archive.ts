import type {Worktree} from './identify.js'
import {ask, type GateContext, linesOf} from './repository.js'

/** Where a commit is kept after its sandbox has gone. */
function archiveRef(branch: string | null, commit: string): string {
  return `refs/gt-archive/${branch ?? 'detached'}/${commit}`
}

/**
 * Condition 6: keeps HEAD, and every commit that only the worktree's own log still knows, such as one that was reset
 * away: that log goes with it. Idempotent.
 *
 * @returns the refs, HEAD's first
 */
export async function archive(context: GateContext, {head, branch}: Worktree): Promise<string[]> {
  const logged = linesOf(await ask(context, 'reflog', 'show', '--format=%H', 'HEAD', '--'))
  const ofBranch = branch === null ? [] : await branchLog(context, branch)
  const commits = [head, ...(await lonely(context, [...new Set([...logged, ...ofBranch])]))]
  const refs: string[] = []
  for (const commit of new Set(commits)) {
    const ref = archiveRef(branch, commit)
    await ask(context, 'update-ref', '-m', 'gt: sandbox removed', ref, commit)
    refs.push(ref)
  }
  return refs
}

async function branchLog(context: GateContext, branch: string): Promise<string[]> {
  return linesOf(await ask(context, 'reflog', 'show', '--format=%H', `refs/heads/${branch}`, '--'))
}

/** Those of the commits that no ref reaches. */
async function lonely(context: GateContext, commits: readonly string[]): Promise<string[]> {
  if (commits.length === 0) return []
  const unreached = await ask(context, 'rev-list', ...commits, '--not', '--all')
  const set = new Set(linesOf(unreached))
  return commits.filter((commit) => set.has(commit))
}
