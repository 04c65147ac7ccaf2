import {pauseUnlessAborted} from '../pause.js'

export interface CycleOptions<Report> {
  /** Looks, decides and acts once. */
  cycle: (signal: AbortSignal) => Promise<Report>
  /** Milliseconds between the beginnings of two cycles. */
  intervalMs: number
  /** Receives what each cycle did. */
  report: (report: Report) => void
  /** Receives, in one sentence, why a cycle failed. */
  warn: (message: string) => void
  /** Ends the cycles. One that is under way comes to its own end. */
  signal: AbortSignal
}

/**
 * Runs cycles until the signal ends them. A cycle that fails, for whatever reason, is warned of, and the next one comes
 * all the same: nothing that is watched over is left alone because of one cycle.
 *
 * @returns how many cycles were run
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
    // A cycle that was interrupted has not failed.
    if (!signal.aborted) warn(`this cycle failed: ${(error as Error).message}`)
  }
}
