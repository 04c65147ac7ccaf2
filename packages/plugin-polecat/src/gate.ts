import {
  lookThoroughly,
  type ThoroughResult,
  type WorkerRecord,
  type WorkerRef,
  withGateLock,
} from '@gtown/workers'
import type {Verdict} from '@gtown/workers/put-away'
import {REMOTE_MS} from './git.js'
import type {Services} from './services.js'

/** Asks the removal gate about a worker's sandbox. Its verdict only decides when the sandbox may be deleted. */
export async function askGate(
  {host, git}: Services,
  {ref, path, record}: {ref: WorkerRef; path: string; record: WorkerRecord | undefined},
): Promise<ThoroughResult> {
  return await withGateLock(ref, () =>
    lookThoroughly({
      git,
      path,
      remote: 'origin',
      timeoutMs: REMOTE_MS,
      callerDirectory: host.place().cwd ?? '/',
      ...(record && {base: record.base}),
      // gt makes none, and all that one would merge must be at the origin.
      mergeRequest: 'none',
    }),
  )
}

/** Maximum number of things that a verdict names. */
const MOST_NAMED = 100

/** The verdict as it is kept with the sandbox. */
export function verdictOf(gate: ThoroughResult): Verdict {
  const names = gate.onlyHere.map(({what}) => what)
  const more = names.length - MOST_NAMED
  const only_here = more > 0 ? [...names.slice(0, MOST_NAMED), `${more} more`] : names
  return {is: gate.verdict, reasons: gate.verdict === 'safe' ? [] : gate.reasons, only_here}
}
