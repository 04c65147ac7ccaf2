import {linesOf} from '../git-output.js'
import type {Worktree} from './identify.js'
import {type GateContext, runGit} from './repository.js'

/** The ref that keeps a commit after its sandbox was removed. */
function archiveRef(branch: string | null, commit: string): string {
  return `refs/gt-archive/${branch ?? 'detached'}/${commit}`
}

/**
 * Condition 6: archives HEAD, and every commit that only the worktree's reflog still knows, such as one that was reset
 * away. The reflog is removed with the worktree. Idempotent.
 *
 * @returns the archive refs, HEAD's first
 */
export async function archive(context: GateContext, {head, branch}: Worktree): Promise<string[]> {
  const logged = linesOf(await runGit(context, 'reflog', 'show', '--format=%H', 'HEAD', '--'))
  const ofBranch = branch === null ? [] : await branchLog(context, branch)
  const commits = [head, ...(await unreachable(context, [...new Set([...logged, ...ofBranch])]))]
  const refs: string[] = []
  for (const commit of new Set(commits)) {
    const ref = archiveRef(branch, commit)
    await runGit(context, 'update-ref', '-m', 'gt: sandbox removed', ref, commit)
    refs.push(ref)
  }
  return refs
}

async function branchLog(context: GateContext, branch: string): Promise<string[]> {
  return linesOf(await runGit(context, 'reflog', 'show', '--format=%H', `refs/heads/${branch}`, '--'))
}

/** The commits that no ref reaches. */
async function unreachable(context: GateContext, commits: readonly string[]): Promise<string[]> {
  if (commits.length === 0) return []
  const unreached = await runGit(context, 'rev-list', ...commits, '--not', '--all')
  const set = new Set(linesOf(unreached))
  return commits.filter((commit) => set.has(commit))
}
