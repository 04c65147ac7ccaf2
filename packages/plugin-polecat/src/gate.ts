import {withFileLock} from '@gtown/sdk/files'
import {type GateResult, lookThroughGate, RUNTIME_PATHS, type WorkerRecord} from '@gtown/workers'
import {REMOTE_MS} from './git.js'
import type {Services} from './services.js'

/** Asks the removal gate about a worker's sandbox. Its verdict only decides when the sandbox may be deleted. */
export async function askGate(
  {host, git}: Services,
  path: string,
  record: WorkerRecord | undefined,
): Promise<GateResult> {
  return await withFileLock(path, () =>
    lookThroughGate({
      git,
      path,
      remote: 'origin',
      timeoutMs: REMOTE_MS,
      callerDirectory: host.place().cwd ?? '/',
      ...(record && {base: record.base}),
      // gt makes none, and all that one would merge must be at the origin.
      mergeRequest: 'none',
      runtimePaths: RUNTIME_PATHS,
    }),
  )
}
