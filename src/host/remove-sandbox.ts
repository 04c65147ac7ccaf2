import type {Place, SandboxRemoval, SandboxRemovalResult} from '@gtown/sdk'
import {unattendedGit} from '@gtown/sdk/git'
import {RUNTIME_PATHS, removeIfSafe} from '@gtown/workers'
import {currentPlace} from './place.js'

const GIT_TIMEOUT_MS = 120_000

/** Removes a sandbox if the removal gate allows it; see `HostWorkers.removeSandbox`. */
export async function removeSandbox(
  {path, base}: SandboxRemoval,
  {cwd = '/', env}: Place = currentPlace(),
): Promise<SandboxRemovalResult> {
  return await removeIfSafe({
    git: unattendedGit(env),
    path,
    remote: 'origin',
    timeoutMs: GIT_TIMEOUT_MS,
    callerDirectory: cwd,
    ...(base !== undefined && {base}),
    // gt creates no merge requests, and everything that one would merge must be at the origin.
    mergeRequest: 'none',
    runtimePaths: RUNTIME_PATHS,
  })
}
