import {runCycles} from '@gtown/sdk/watchdog'
import {runCycle} from './cycle.js'
import {withWatchLock} from './lock.js'
import type {CycleReport} from './report.js'
import type {Watch} from './watch.js'

export interface LoopOptions {
  /** Milliseconds between the beginnings of two cycles. */
  intervalMs: number
  /** One cycle only. */
  once: boolean
  /** Told once nobody else can watch the town, before the first look. */
  begin: () => void
  /** Told after each cycle. */
  tell: (report: CycleReport) => void
  /** Ends the watch; a restart that is under way is left to the next one. */
  signal: AbortSignal
}

/**
 * Watches over the witnesses of the town, as the only one who does, until the signal ends it. A cycle that fails is
 * warned of, and the next one comes all the same. Rejects with `WATCH_RUNNING` when the town is being watched.
 *
 * @returns how many cycles were run
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
