import {countOf} from '../count-of.js'
import {gitFailed, linesOf} from '../git-output.js'
import {evidence, type Finding, onlyHere, reason, unknownFinding} from './finding.js'
import type {Worktree} from './identify.js'
import type {RemoteBranches} from './remote.js'
import {type GateContext, runGit, runGitIfAny, testGit} from './repository.js'

/**
 * Condition 4: the remote itself says that it has every commit: reachable from its branch of the same name, from the
 * base or from the default branch, or in the default branch in another form (cherry-picked, rebased, squashed).
 *
 * @param quarantine see `inQuarantine`
 */
export async function checkLanded(
  quarantine: GateContext,
  worktree: Worktree,
  {defaultBranch, tips}: RemoteBranches,
): Promise<Finding[]> {
  const {head} = worktree
  const {remote} = quarantine
  for (const [branch, tip] of tips) {
    if (await testGit(quarantine, 'merge-base', '--is-ancestor', head, tip)) {
      return [evidence(`${short(head)} is in ${branch} of ${remote}`)]
    }
  }
  if (worktree.shallow)
    return [unknownFinding('the history is shallow, and HEAD was not found in a branch of the remote')]
  const tip = defaultBranch === undefined ? undefined : tips.get(defaultBranch)
  if (defaultBranch === undefined || tip === undefined) {
    const where = whereNot(worktree, tips)
    return [unknownFinding(`${where}, and the remote '${remote}' does not say which branch is its default`)]
  }
  const how = await howLanded(quarantine, tip, head)
  if (how !== undefined) return [evidence(`${how} ${defaultBranch} of ${remote}`)]
  const text = `${short(head)} is not at ${remote}: ${whereNot(worktree, tips)}, and it is not merged into ${defaultBranch}`
  const commits = linesOf(await runGit(quarantine, 'rev-list', head, '--not', ...tips.values()))
  const where = worktree.branch === null ? 'detached HEAD' : worktree.branch
  return [reason(text, [onlyHere('commits', `${countOf(commits.length, 'commit')} of ${where}`)])]
}

/** How the branch that the tip belongs to has the work in another form, as the begin of a sentence. */
async function howLanded(quarantine: GateContext, tip: string, head: string): Promise<string | undefined> {
  const picked = await howPicked(quarantine, tip, head)
  if (picked !== undefined) return picked
  if (await isSquashed(quarantine, tip, head)) return 'its commits were squashed into'
  return undefined
}

function whereNot({branch}: Worktree, tips: RemoteBranches['tips']): string {
  return branch === null ? 'HEAD is detached' : `${tips.has(branch) ? 'not in' : 'there is no'} ${branch}`
}

/** Not with any merge: `git cherry` skips merges, and a conflict resolution in one exists nowhere else. */
async function howPicked(quarantine: GateContext, tip: string, head: string): Promise<string | undefined> {
  const merges = await runGit(quarantine, 'rev-list', '--count', '--merges', `${tip}..${head}`)
  if (merges.trim() !== '0') return undefined
  const lines = linesOf(await runGit(quarantine, 'cherry', tip, head))
  const missing = lines.filter((line) => !line.startsWith('- ')).map((line) => line.slice(2))
  for (const commit of missing) if (!(await isEmpty(quarantine, commit))) return undefined
  return missing.length < lines.length
    ? 'each of its commits was picked into'
    : 'none of its commits changes anything in'
}

/** True for a commit without a change. It has no parent only if it begins a history, which is then a change. */
async function isEmpty(quarantine: GateContext, commit: string): Promise<boolean> {
  const parents = linesOf(await runGit(quarantine, 'rev-list', '--no-walk', '--parents', commit))
  const [, parent, ...others] = parents[0]?.split(' ') ?? []
  if (parent === undefined || others.length > 0) return false
  return (await treeOf(quarantine, parent)) === (await treeOf(quarantine, commit))
}

/** Number of commits of the upstream branch that are compared with the work. */
const COMPARED = 100

/**
 * True if all changes since the fork, as one, changed nothing in the upstream branch, at its tip or at an earlier commit
 * since then: there it had them all. A work whose commits undo each other has nothing to compare, so it is not squashed.
 */
async function isSquashed(quarantine: GateContext, upstream: string, head: string): Promise<boolean> {
  const bases = linesOf(await runGitIfAny(quarantine, 'merge-base', '--all', upstream, head))
  const [base] = bases
  if (base === undefined || bases.length > 1) return false
  if ((await treeOf(quarantine, base)) === (await treeOf(quarantine, head))) return false
  const range = `${base}..${upstream}`
  const commits = await runGit(quarantine, 'rev-list', '--first-parent', `--max-count=${COMPARED}`, range)
  for (const commit of linesOf(commits)) if (await hasAll(quarantine, commit, head)) return true
  return false
}

/** True if a merge of the work into the commit would change nothing. Rejects for a git older than 2.38. */
async function hasAll(quarantine: GateContext, commit: string, head: string): Promise<boolean> {
  const args = ['merge-tree', '--write-tree', '--no-messages', commit, head]
  const {code, stdout, stderr} = await quarantine.git(args, {
    cwd: quarantine.path,
    timeoutMs: quarantine.timeoutMs,
  })
  // With a conflict git exits with 1.
  if (code !== 0 && code !== 1) throw gitFailed(args, {stderr})
  return code === 0 && stdout.trim() === (await treeOf(quarantine, commit))
}

async function treeOf(quarantine: GateContext, commit: string): Promise<string> {
  return (await runGit(quarantine, 'rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`)).trim()
}

const short = (commit: string) => commit.slice(0, 12)
