import {gitOutput, type Repository} from './git.js'

/** A file, or a submodule's commit, that a worker's own commits added or changed. */
export interface Change {
  path: string
  /** Name of the blob, or of the submodule's commit. */
  object: string
  isSubmodule: boolean
}

/**
 * Arguments of `rev-list` for a worker's own commits: those of its branch that no other branch of the origin has. What is
 * at the origin under the branch's own name still counts, since somebody may have pushed it in another way than gt.
 */
function ownCommits(branch: string): string[] {
  const [own, others] = [`--exclude=refs/remotes/origin/${branch}`, '--glob=refs/remotes/origin']
  return [`refs/heads/${branch}`, '--not', own, others]
}

/** False in a repository that knows no branch of the origin: every commit would then count as the worker's own. */
export async function isTracking(sandbox: Repository): Promise<boolean> {
  return (await gitOutput(sandbox, ['for-each-ref', '--count=1', 'refs/remotes/origin'])) !== ''
}

export async function countOwnCommits(sandbox: Repository, branch: string): Promise<number> {
  return Number(await gitOutput(sandbox, ['rev-list', '--count', ...ownCommits(branch)]))
}

/** The files that the worker's own commits added or changed, each version once. */
export async function ownChanges(sandbox: Repository, branch: string): Promise<Change[]> {
  // The configuration could hide submodules.
  const show = ['--format=', '--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=none', '-m', '-z']
  const words = (await gitOutput(sandbox, ['log', ...show, ...ownCommits(branch), '--'])).split('\0')
  const changes = new Map<string, Change>()
  for (const [index, word] of words.entries()) {
    // Such as ":000000 100644 OLD NEW A", with the path as the next word.
    const [, mode, object = ''] = /^\n?:\d+ (\d+) \w+ (\w+) [AMT]$/.exec(word) ?? []
    const path = words[index + 1]
    if (mode === undefined || path === undefined) continue
    changes.set(`${object} ${path}`, {path, object, isSubmodule: mode === '160000'})
  }
  return [...changes.values()]
}
