import {setTimeout as sleep} from 'node:timers/promises'

/** Waits for this many milliseconds (negative counts as 0), or until the signal is aborted. */
export async function pauseUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, ms), undefined, {signal}).catch((error) => {
    if (!signal.aborted) throw error
  })
}
