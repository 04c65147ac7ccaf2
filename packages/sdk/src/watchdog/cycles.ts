import {pauseUnlessAborted} from '../pause.js'

export interface CycleOptions<Report> {
  /** Observes, decides and acts once. */
  cycle: (signal: AbortSignal) => Promise<Report>
  /** Milliseconds from the start of one cycle to the next. */
  intervalMs: number
  /** Receives the report of each cycle. */
  report: (report: Report) => void
  /** Receives the reason of a failed cycle, in one sentence. */
  warn: (message: string) => void
  /** Ends the loop. The current cycle gets the signal and ends itself. */
  signal: AbortSignal
}

/**
 * Runs cycles until the signal is aborted. A failed cycle is only warned about, and the next one follows, so that one
 * failure does not stop the watchdog.
 *
 * @returns the number of cycles run
 */
export async function runCycles<Report>(options: CycleOptions<Report>): Promise<number> {
  const {intervalMs, signal} = options
  let cycles = 0
  for (; !signal.aborted; cycles++) {
    const begun = performance.now()
    await attempt(options)
    await pauseUnlessAborted(intervalMs - (performance.now() - begun), signal)
  }
  return cycles
}

async function attempt<Report>({cycle, report, warn, signal}: CycleOptions<Report>): Promise<void> {
  try {
    report(await cycle(signal))
  } catch (error) {
    // An interrupted cycle has not failed.
    if (!signal.aborted) warn(`this cycle failed: ${(error as Error).message}`)
  }
}
