import {setImmediate} from 'node:timers/promises'
import type {Timer} from '../../src/typing/timer.js'

/** A timer whose time passes only in a sleep, and then at once. */
export function paperTimer(): Timer {
  let now = 0
  return {
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      const end = now + ms
      await setImmediate()
      signal?.throwIfAborted()
      now = Math.max(now, end)
    },
  }
}
