import {join} from 'node:path'
import type {GitResult, GitRunOptions} from '@gtown/sdk/git'
import {gitFailed} from '../git-output.js'
import type {OpenRig} from './open-rig.js'

const TIMEOUT_MS = 120_000

/**
 * Git must not fetch the objects that a partial clone lacks. The repository's configuration, which an agent can write,
 * chooses the program that fetches them.
 */
const OFFLINE = {GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: ''}

type Options = Pick<GitRunOptions, 'input' | 'env'> & {
  /** Name of a worktree's folder in `worktrees/` of the repository. Git runs on the repository itself if absent. */
  admin?: string
}

/**
 * Runs git on the shared repository, never in a sandbox. Callers must not pass commands that check out or add files:
 * those run the filters that a sandbox names.
 */
export async function tryGit(
  {git, common}: OpenRig,
  args: readonly string[],
  {admin, input, env}: Options = {},
): Promise<GitResult> {
  const directory = admin === undefined ? common : join(common, 'worktrees', admin)
  return await git([`--git-dir=${directory}`, ...args], {
    cwd: common,
    timeoutMs: TIMEOUT_MS,
    env: {...OFFLINE, ...env},
    ...(input !== undefined && {input}),
  })
}

/** Returns git's output. Rejects with `GIT_FAILED` and git's own words if git fails. */
export async function askGit(rig: OpenRig, args: readonly string[], options: Options = {}): Promise<string> {
  const result = await tryGit(rig, args, options)
  if (result.code === 0) return result.stdout
  throw gitFailed(args, result)
}

/** Reads HEAD of a worktree: the commit, null if there is none yet, and the branch, null if HEAD is detached. */
export async function readHead(
  rig: OpenRig,
  admin: string,
): Promise<{head: string | null; branch: string | null}> {
  const commit = await tryGit(rig, ['rev-parse', '--quiet', '--verify', 'HEAD^{commit}'], {admin})
  const name = await tryGit(rig, ['symbolic-ref', '--quiet', 'HEAD'], {admin})
  const ref = name.stdout.trim()
  return {
    head: commit.code === 0 ? commit.stdout.trim() : null,
    branch: name.code === 0 && ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null,
  }
}
