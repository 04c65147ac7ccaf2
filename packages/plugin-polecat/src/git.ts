import {join} from 'node:path'
import {GtError, type Rig, shorten} from '@gtown/sdk'
import type {Git, GitResult} from '@gtown/sdk/git'
import {isRealDirectory} from '@gtown/workers'

/** Timeouts in milliseconds for local git commands, and for those that contact a remote. */
export const LOCAL_MS = 60_000
export const REMOTE_MS = 120_000

/** A repository or worktree, and the git to run in it. */
export interface Repository {
  git: Git
  /** Absolute path. */
  path: string
}

/**
 * Runs git and returns its output without the trailing newline. Rejects with `GIT_FAILED` and git's own message if it
 * fails.
 */
export async function gitOutput(
  {git, path}: Repository,
  args: readonly string[],
  timeoutMs = LOCAL_MS,
): Promise<string> {
  const result = await git(args, {cwd: path, timeoutMs})
  if (result.code === 0) return result.stdout.replace(/\n$/, '')
  throw gitFailed(args, result)
}

export function gitFailed(args: readonly string[], {stderr}: GitResult): GtError {
  const lines = stderr.split('\n').filter((line) => line !== '')
  const said =
    lines.find((line) => /^ ! \[|^(fatal|error): /.test(line)) ?? lines.at(-1) ?? 'it did not say why'
  // The URL of a remote may contain a password.
  const words = shorten(said.trim().replaceAll(/\/\/[^/@\s]*@/g, '//'), 200)
  return new GtError(`git ${args[0]} failed: ${words}`, {code: 'GIT_FAILED'})
}

/** The repository of a rig's worktrees. Rejects with `NO_REPOSITORY` if there is none. */
export async function repositoryOf(rig: Rig, git: Git): Promise<Repository> {
  for (const path of [join(rig.path, '.repo.git'), join(rig.path, 'mayor', 'rig')]) {
    if (await isRealDirectory(path)) return {git, path}
  }
  throw new GtError(
    `rig '${rig.name}' has no repository: neither .repo.git nor mayor/rig is in ${rig.path}`,
    {
      code: 'NO_REPOSITORY',
      hint: 'Add the rig with gt rig add, which creates one.',
    },
  )
}
