import {evidence, type Finding, reason, unknown} from './finding.js'
import type {Worktree} from './identify.js'
import type {RemoteLook} from './remote.js'
import {ask, askIfAny, type GateContext, isSo, linesOf} from './repository.js'

/**
 * Condition 4: every commit is at the remote, by its own word: in the tip of the same branch or of the base, in the
 * default branch, or there in another form (picked, rebased, squashed).
 */
export async function checkLanded(
  context: GateContext,
  worktree: Worktree,
  {defaultBranch, tips}: RemoteLook,
): Promise<Finding[]> {
  const {head} = worktree
  for (const [branch, tip] of tips) {
    if (await isSo(context, 'merge-base', '--is-ancestor', head, tip)) {
      return [evidence(`${short(head)} is in ${branch} of ${context.remote}`)]
    }
  }
  const tip = tips.get(defaultBranch) as string
  if (worktree.shallow)
    return [unknown('the history was cut (shallow), and HEAD is in no branch of the remote')]
  if (await arePicked(context, tip, head)) {
    return [evidence(`every commit of its own was picked into ${defaultBranch} of ${context.remote}`)]
  }
  if (await isSquashed(context, tip, head)) {
    return [evidence(`its commits are one in ${defaultBranch} of ${context.remote}`)]
  }
  return [
    reason(`${short(head)} is nowhere at ${context.remote}: ${whereNot(worktree, defaultBranch, tips)}`),
  ]
}

function whereNot({branch}: Worktree, defaultBranch: string, tips: RemoteLook['tips']): string {
  const own =
    branch === null ? 'HEAD is detached' : `${tips.has(branch) ? 'not in' : 'there is no'} ${branch}`
  return `${own}, and it is not merged into ${defaultBranch}`
}

/** Merges are left out by `cherry`, and a conflict solved in one stands nowhere else: with any, nothing is told. */
async function arePicked(context: GateContext, upstream: string, head: string): Promise<boolean> {
  const merges = await ask(context, 'rev-list', '--count', '--merges', `${upstream}..${head}`)
  return merges.trim() === '0' && (await isKnownUpstream(context, upstream, head))
}

/** All changes since the branch left the default one, as one commit that nobody sees. */
async function isSquashed(context: GateContext, upstream: string, head: string): Promise<boolean> {
  const bases = linesOf(await askIfAny(context, 'merge-base', '--all', upstream, head))
  const [base] = bases
  if (base === undefined || bases.length > 1) return false
  const identity = ['-c', 'user.name=gt', '-c', 'user.email=gt@localhost', '-c', 'commit.gpgSign=false']
  const squash = await ask(context, ...identity, 'commit-tree', '-m', 'squash', '-p', base, `${head}^{tree}`)
  return await isKnownUpstream(context, upstream, squash.trim())
}

/** True when there are commits, and the same change as each is upstream. */
async function isKnownUpstream(context: GateContext, upstream: string, head: string): Promise<boolean> {
  const lines = linesOf(await ask(context, 'cherry', upstream, head))
  return lines.length > 0 && lines.every((line) => line.startsWith('- '))
}

const short = (commit: string) => commit.slice(0, 12)
