import type {Place, SandboxRemoval, SandboxRemovalResult} from '@gtown/sdk'
import {withFileLock} from '@gtown/sdk/files'
import {unattendedGit} from '@gtown/sdk/git'
import {lookThroughGate, RUNTIME_PATHS, removeSandbox as remove} from '@gtown/workers'
import {currentPlace} from './place.js'

const GIT_TIMEOUT_MS = 120_000

/** Removes a sandbox if the gate lets it through; see `Host.removeSandbox`. */
export async function removeSandbox(
  {path, base}: SandboxRemoval,
  {cwd = '/', env}: Place = currentPlace(),
): Promise<SandboxRemovalResult> {
  const context = {
    git: unattendedGit(env),
    path,
    remote: 'origin',
    timeoutMs: GIT_TIMEOUT_MS,
    callerDirectory: cwd,
  }
  return await withFileLock(path, async () => {
    const result = await lookThroughGate({
      ...context,
      ...(base !== undefined && {base}),
      // gt makes none, and all that one would merge must be at the origin.
      mergeRequest: 'none',
      runtimePaths: RUNTIME_PATHS,
    })
    if (result.verdict !== 'safe') {
      return {outcome: 'refused', verdict: result.verdict, reasons: result.reasons}
    }
    const archived = await remove({...context, seen: result.seen})
    return {outcome: 'removed', evidence: result.evidence, archived}
  })
}
