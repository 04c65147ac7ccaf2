import {join} from 'node:path'
import type {Rig} from '@gtown/sdk'
import type {Git} from '@gtown/sdk/git'
import {gitFailed, isRealDirectory, noRepository} from '@gtown/workers'

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

/** The repository of a rig's worktrees. Rejects with `NO_REPOSITORY` if there is none. */
export async function repositoryOf(rig: Rig, git: Git): Promise<Repository> {
  for (const path of [join(rig.path, '.repo.git'), join(rig.path, 'mayor', 'rig')]) {
    if (await isRealDirectory(path)) return {git, path}
  }
  throw noRepository(rig)
}
