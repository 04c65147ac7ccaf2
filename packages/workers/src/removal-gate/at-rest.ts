import {join} from 'node:path'
import {isThere} from '@gtown/sdk/files'
import {linesOf} from '../git-output.js'
import {type Finding, type OnlyHere, onlyHere, reason, some} from './finding.js'
import {isInside, type Worktree} from './identify.js'
import {type GateContext, runGit, testGit} from './repository.js'
import {listWorktrees} from './worktrees.js'

/** Files in a worktree's git directory that exist only during an operation. */
const UNDER_WAY: Readonly<Record<string, string>> = {
  MERGE_HEAD: 'a merge is under way',
  CHERRY_PICK_HEAD: 'a cherry-pick is under way',
  REVERT_HEAD: 'a revert is under way',
  'rebase-merge': 'a rebase is under way',
  'rebase-apply': 'a rebase or a series of patches is under way',
  sequencer: 'a series of commits is under way',
  BISECT_LOG: 'a bisect is under way',
  'index.lock': 'git is changing its index, or was killed meanwhile',
}

/** Condition 1, without the fetch: no operation is under way in the worktree, and it is not locked. */
export async function checkAtRest(context: GateContext, worktree: Worktree): Promise<Finding[]> {
  const operations = await findOperations(context, worktree.gitDir)
  const findings = operations.map((text) => reason(text, operationIn(text)))
  return [...findings, ...(await checkWorktrees(context, worktree)), ...(await checkPrivateRefs(context))]
}

/** Operations of git that are under way in the files of a git directory, as sentences. */
export async function findOperations(context: GateContext, gitDir: string): Promise<string[]> {
  const found: string[] = []
  for (const [name, text] of Object.entries(UNDER_WAY)) {
    if (await isUnderWay(context, gitDir, name)) found.push(text)
  }
  return found
}

/** With a reftable, git keeps a ref such as CHERRY_PICK_HEAD in no file of its own. */
async function isUnderWay(context: GateContext, gitDir: string, name: string): Promise<boolean> {
  if (await isThere(join(gitDir, name))) return true
  if (!name.endsWith('_HEAD') || !(await isThere(join(gitDir, 'reftable')))) return false
  return await testGit(context, 'rev-parse', '--verify', '--quiet', name)
}

function operationIn(text: string): OnlyHere[] {
  const operation = / is under way$/
  return operation.test(text) ? [onlyHere('operation', text.replace(operation, ' under way'))] : []
}

/** A lock means that somebody needs the worktree. Worktrees inside it would be removed with it. */
async function checkWorktrees(context: GateContext, {path, branch}: Worktree): Promise<Finding[]> {
  const worktrees = await listWorktrees(context)
  const own = worktrees.find((worktree) => worktree.path === path)
  const others = worktrees.filter((worktree) => worktree !== own)
  const inside = others.filter((worktree) => isInside(worktree.path, path)).map((worktree) => worktree.path)
  const findings: Finding[] = []
  if (!own) findings.push(reason('its repository does not know it as a worktree'))
  if (own?.locked) findings.push(reason('the worktree is locked'))
  if (inside.length > 0) findings.push(reason(`other worktrees are inside: ${some(inside)}`))
  if (branch !== null && others.some((worktree) => worktree.branch === `refs/heads/${branch}`)) {
    findings.push(reason(`its branch is checked out elsewhere, too`))
  }
  return findings
}

/** Refs that belong to this worktree alone. They would be removed with it. */
async function checkPrivateRefs(context: GateContext): Promise<Finding[]> {
  const refs = linesOf(
    await runGit(
      context,
      'for-each-ref',
      '--format=%(refname)',
      'refs/worktree',
      'refs/bisect',
      'refs/rewritten',
    ),
  )
  if (refs.length === 0) return []
  return [reason(`refs of this worktree alone: ${some(refs)}`, [onlyHere('refs', some(refs))])]
}
