import {GtError, shorten, usageError} from '@gtown/sdk'
import {gitFailed} from '@gtown/workers'
import {gitOutput, type LongWork, REMOTE_MS, type Repository, runGit} from './git.js'

/** A branch of the origin and its commit, which is in the repository. */
export interface Base {
  branch: string
  commit: string
}

/** Number of attempts if another fetch is changing the same ref. */
const ATTEMPTS = 3

/**
 * Fetches the branch to begin work from. Rejects if the origin gives no answer or has no such branch.
 *
 * @param wanted the branch; undefined for the origin's default branch
 */
export async function fetchBase(
  repository: Repository,
  wanted: string | undefined,
  work: LongWork,
): Promise<Base> {
  if (wanted !== undefined) await checkBranchName(repository, wanted)
  const branch = wanted ?? (await defaultBranch(repository))
  const tracking = `refs/remotes/origin/${branch}`
  await fetch(repository, {branch, tracking}, work)
  return {branch, commit: await gitOutput(repository, ['rev-parse', '--verify', `${tracking}^{commit}`])}
}

async function checkBranchName(repository: Repository, branch: string): Promise<void> {
  const {code} = await runGit(repository, ['check-ref-format', `refs/heads/${branch}`])
  if (code !== 0) throw usageError(`--base takes a branch: '${shorten(branch)}' is not a valid branch name`)
}

/** The default branch of the origin, as reported by the origin. */
export async function defaultBranch(repository: Repository): Promise<string> {
  const ask = ['ls-remote', '--symref', '--', 'origin', 'HEAD']
  const answer = await gitOutput(repository, ask, {timeoutMs: REMOTE_MS})
  const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(answer)?.[1]
  if (branch !== undefined) return branch
  throw new GtError(`the origin of ${repository.path} does not say which branch is its default`, {
    code: 'NO_DEFAULT_BRANCH',
    hint: 'Name one: --base BRANCH',
  })
}

async function fetch(
  repository: Repository,
  {branch, tracking}: {branch: string; tracking: string},
  work: LongWork,
): Promise<void> {
  const args = [
    'fetch',
    '--progress',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
    '--',
    'origin',
    `+refs/heads/${branch}:${tracking}`,
  ]
  for (let attempt = 1; ; attempt++) {
    const result = await runGit(repository, args, work)
    if (result.code === 0) return
    if (/couldn't find remote ref/.test(result.stderr)) {
      throw new GtError(`the origin of ${repository.path} has no branch '${shorten(branch)}'`, {
        code: 'NO_BRANCH',
      })
    }
    if (attempt === ATTEMPTS || !result.stderr.includes('cannot lock ref')) throw gitFailed(args, result)
  }
}
