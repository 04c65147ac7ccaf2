import {setTimeout as wait} from 'node:timers/promises'

/** Measures and performs waits. */
export interface Timer {
  /** Milliseconds since an arbitrary moment. Monotonic. */
  now(): number
  /** Waits that many milliseconds. Rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The machine's timer. */
const realTimer: Timer = {
  now: () => performance.now(),
  async sleep(ms, signal) {
    await wait(ms, undefined, {...(signal && {signal})}).catch((error) => {
      signal?.throwIfAborted()
      throw error
    })
  },
}

/** The given timer, or the machine's. */
export function timerOf({timer = realTimer}: {timer?: Timer}): Timer {
  return timer
}
