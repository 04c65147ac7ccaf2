import {join} from 'node:path'
import {GtError, type Rig, shorten} from '@gtown/sdk'
import type {Git, GitResult} from '@gtown/sdk/git'
import {isRealDirectory} from '@gtown/workers'

/** Milliseconds for what git does on this machine, and for what it asks a remote. */
export const LOCAL_MS = 60_000
export const REMOTE_MS = 120_000

/** A repository or worktree, and how git is asked about it. */
export interface Repository {
  git: Git
  /** Absolute path. */
  path: string
}

/** What git says, without the last line's end. Rejects with `GIT_FAILED` and git's own words when it fails. */
export async function ask(
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
  // The address of a remote may carry a password.
  const words = shorten(said.trim().replaceAll(/\/\/[^/@\s]*@/g, '//'), 200)
  return new GtError(`git ${args[0]} failed: ${words}`, {code: 'GIT_FAILED'})
}

/** The repository that the sandboxes of a rig are worktrees of. Rejects with `NO_REPOSITORY` when there is none. */
export async function repositoryOf(rig: Rig, git: Git): Promise<Repository> {
  for (const path of [join(rig.path, '.repo.git'), join(rig.path, 'mayor', 'rig')]) {
    if (await isRealDirectory(path)) return {git, path}
  }
  throw new GtError(
    `rig '${rig.name}' has no repository: neither .repo.git nor mayor/rig is in ${rig.path}`,
    {
      code: 'NO_REPOSITORY',
      hint: 'A rig made by gt rig add has one.',
    },
  )
}
