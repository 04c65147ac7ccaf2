import {setTimeout as wait} from 'node:timers/promises'

/** What waits are measured by. */
export interface Timer {
  /** Milliseconds since some moment. Only goes forward. */
  now(): number
  /** Waits so many milliseconds. Rejects with the signal's reason when that is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The machine's. */
const realTimer: Timer = {
  now: () => performance.now(),
  async sleep(ms, signal) {
    await wait(ms, undefined, {...(signal && {signal})}).catch((error) => {
      signal?.throwIfAborted()
      throw error
    })
  },
}

/** The timer that was given, or the machine's. */
export function timerOf({timer = realTimer}: {timer?: Timer}): Timer {
  return timer
}
