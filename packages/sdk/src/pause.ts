import {setTimeout as sleep} from 'node:timers/promises'

/** Waits so many milliseconds, at least none, or until the signal is aborted, whichever comes first. */
export async function pauseUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, ms), undefined, {signal}).catch((error) => {
    if (!signal.aborted) throw error
  })
}
