import {join} from 'node:path'
import type {Rig} from '@gtown/sdk'
import type {GitProgress} from '@gtown/sdk/commands'
import {type Git, type GitLimits, type GitResult, readGitLimits} from '@gtown/sdk/git'
import {gitFailed, isRealDirectory, noRepository} from '@gtown/workers'
import type {Services} from './services.js'

/** Timeouts in milliseconds for local git commands, and for questions to a remote. */
export const LOCAL_MS = 60_000
export const REMOTE_MS = 120_000

/** A repository or worktree, and the git to run in it. */
export interface Repository {
  git: Git
  /** Absolute path. */
  path: string
}

/** How git runs work that may take long: within the rig's limits, with progress, until the user interrupts it. */
export interface LongWork {
  limits: GitLimits
  progress: GitProgress
  signal: AbortSignal | undefined
}

/** How long git may take, and what it reads from its standard input. */
type RunOptions = ({timeoutMs: number} | LongWork) & {input?: string}

/** Rejects with `INVALID_SETTING` if the limits in the settings of the rig or its town are invalid. */
export async function longWork(
  {progress}: Pick<Services, 'progress'>,
  rig: Rig,
  signal?: AbortSignal,
): Promise<LongWork> {
  return {limits: await readGitLimits(rig), progress, signal}
}

/**
 * Runs git and returns its output without the trailing newline. Rejects with `GIT_FAILED` and git's own message if it
 * fails.
 */
export async function gitOutput(
  repository: Repository,
  args: readonly string[],
  options?: RunOptions,
): Promise<string> {
  const result = await runGit(repository, args, options)
  if (result.code === 0) return result.stdout.replace(/\n$/, '')
  throw gitFailed(args, result)
}

/** Runs git, whatever its exit code. Rejects as `Git` does. */
export async function runGit(
  {git, path}: Repository,
  args: readonly string[],
  options: RunOptions = {timeoutMs: LOCAL_MS},
): Promise<GitResult> {
  if ('timeoutMs' in options) return await git(args, {cwd: path, ...options})
  const {progress, ...others} = options
  try {
    return await git(args, {cwd: path, ...others, onOutput: progress.read})
  } finally {
    progress.end()
  }
}

/** The repository of a rig's worktrees. Rejects with `NO_REPOSITORY` if there is none. */
export async function repositoryOf(rig: Rig, git: Git): Promise<Repository> {
  for (const path of [join(rig.path, '.repo.git'), join(rig.path, 'mayor', 'rig')]) {
    if (await isRealDirectory(path)) return {git, path}
  }
  throw noRepository(rig)
}
