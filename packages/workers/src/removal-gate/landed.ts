import {countOf} from '../count-of.js'
import {linesOf} from '../git-output.js'
import {evidence, type Finding, onlyHere, reason, unknownFinding} from './finding.js'
import type {Worktree} from './identify.js'
import type {RemoteBranches} from './remote.js'
import {type GateContext, runGit, runGitIfAny, testGit} from './repository.js'

/**
 * Condition 4: the remote itself says that it has every commit: reachable from its branch of the same name, from the
 * base or from the default branch, or in the default branch in another form (cherry-picked, rebased, squashed).
 */
export async function checkLanded(
  context: GateContext,
  worktree: Worktree,
  {defaultBranch, tips}: RemoteBranches,
): Promise<Finding[]> {
  const {head} = worktree
  for (const [branch, tip] of tips) {
    if (await testGit(context, 'merge-base', '--is-ancestor', head, tip)) {
      return [evidence(`${short(head)} is in ${branch} of ${context.remote}`)]
    }
  }
  const tip = tips.get(defaultBranch) as string
  if (worktree.shallow)
    return [unknownFinding('the history is shallow, and HEAD was not found in a branch of the remote')]
  if (await arePicked(context, tip, head)) {
    return [evidence(`each of its commits was picked into ${defaultBranch} of ${context.remote}`)]
  }
  if (await isSquashed(context, tip, head)) {
    return [evidence(`its commits were squashed into ${defaultBranch} of ${context.remote}`)]
  }
  const text = `${short(head)} is not at ${context.remote}: ${whereNot(worktree, defaultBranch, tips)}`
  const commits = linesOf(await runGit(context, 'rev-list', head, '--not', ...tips.values()))
  const where = worktree.branch === null ? 'detached HEAD' : worktree.branch
  return [reason(text, [onlyHere('commits', `${countOf(commits.length, 'commit')} of ${where}`)])]
}

function whereNot({branch}: Worktree, defaultBranch: string, tips: RemoteBranches['tips']): string {
  const own =
    branch === null ? 'HEAD is detached' : `${tips.has(branch) ? 'not in' : 'there is no'} ${branch}`
  return `${own}, and it is not merged into ${defaultBranch}`
}

/** False with any merge: `git cherry` skips merges, and a conflict resolution in one exists nowhere else. */
async function arePicked(context: GateContext, upstream: string, head: string): Promise<boolean> {
  const merges = await runGit(context, 'rev-list', '--count', '--merges', `${upstream}..${head}`)
  return merges.trim() === '0' && (await isKnownUpstream(context, upstream, head))
}

/** Compares all changes since the fork as one unreferenced commit. */
async function isSquashed(context: GateContext, upstream: string, head: string): Promise<boolean> {
  const bases = linesOf(await runGitIfAny(context, 'merge-base', '--all', upstream, head))
  const [base] = bases
  if (base === undefined || bases.length > 1) return false
  const identity = ['-c', 'user.name=gt', '-c', 'user.email=gt@localhost', '-c', 'commit.gpgSign=false']
  const squash = await runGit(
    context,
    ...identity,
    'commit-tree',
    '-m',
    'squash',
    '-p',
    base,
    `${head}^{tree}`,
  )
  return await isKnownUpstream(context, upstream, squash.trim())
}

/** True when there are commits, and an equal change to each is upstream. */
async function isKnownUpstream(context: GateContext, upstream: string, head: string): Promise<boolean> {
  const lines = linesOf(await runGit(context, 'cherry', upstream, head))
  return lines.length > 0 && lines.every((line) => line.startsWith('- '))
}

const short = (commit: string) => commit.slice(0, 12)
