import {runCycles} from '@gtown/sdk/watchdog'
import {runCycle} from './cycle.js'
import {withWatchLock} from './lock.js'
import type {CycleReport} from './report.js'
import type {Watch} from './watch.js'

export interface LoopOptions {
  /** Milliseconds from the start of one cycle to the next. */
  intervalMs: number
  /** One cycle only. */
  once: boolean
  /** Called once the lock is held, before the first cycle. */
  begin: () => void
  /** Called with the report of each cycle. */
  tell: (report: CycleReport) => void
  /** Ends the watch and aborts a restart in progress; the next watch repeats it. */
  signal: AbortSignal
}

/**
 * Watches over the witnesses of the town, under a lock, until the signal is aborted. A failed cycle is only warned
 * about. Rejects with `WATCH_RUNNING` if the town is already being watched.
 *
 * @returns the number of cycles run
 */
export async function watchTown(
  watch: Watch,
  {intervalMs, once, begin, tell, signal}: LoopOptions,
): Promise<number> {
  return await withWatchLock(watch.town, async () => {
    begin()
    if (once) {
      tell(await runCycle(watch, {dryRun: false, signal}))
      return 1
    }
    return await runCycles({
      cycle: (ending) => runCycle(watch, {dryRun: false, signal: ending}),
      intervalMs,
      report: tell,
      warn: watch.warn,
      signal,
    })
  })
}
