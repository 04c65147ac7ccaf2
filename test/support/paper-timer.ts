import {setImmediate} from 'node:timers/promises'
import type {Timer} from '../../src/typing/timer.js'

/** Time that passes only while somebody sleeps, and then at once. */
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
