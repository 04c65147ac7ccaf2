import {join} from 'node:path'
import {GtError, shorten} from '@gtown/sdk'
import type {GitResult, GitRunOptions} from '@gtown/sdk/git'
import type {OpenRig} from './open-rig.js'

const TIMEOUT_MS = 120_000

/**
 * Nothing is fetched that a partial clone lacks: the repository's configuration, which an agent can write, would say by
 * which program.
 */
const OFFLINE = {GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: ''}

type Options = Pick<GitRunOptions, 'input' | 'env'> & {
  /** The worktree that is asked about, by the name of what git keeps of it; without, the repository is. */
  admin?: string
}

/**
 * Runs git on the shared repository, never in a sandbox. Only commands that neither check out nor add files may be
 * given: those would run the filters that a sandbox names.
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

/** What git says. Rejects with `GIT_FAILED` and git's own words when it fails. */
export async function askGit(rig: OpenRig, args: readonly string[], options: Options = {}): Promise<string> {
  const {code, stdout, stderr} = await tryGit(rig, args, options)
  if (code === 0) return stdout
  const said = stderr.split('\n').find((line) => /^(fatal|error): /.test(line)) ?? 'it did not say why'
  throw new GtError(`git ${args.find((arg) => !/^-c$|=/.test(arg))} failed: ${shorten(said, 200)}`, {
    code: 'GIT_FAILED',
  })
}

/** The lines of an answer. */
export const linesOf = (text: string) => text.split('\n').filter((line) => line !== '')

/** What is checked out in a worktree: the commit, null where there is none yet; the branch, null when it is detached. */
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
