import {setTimeout as sleep} from 'node:timers/promises'

/** Waits until `probe` returns something truthy and returns that; undefined when the time (ms) is over. */
export async function until(probe, deadlineMs) {
  const end = performance.now() + deadlineMs
  for (;;) {
    const value = await probe()
    if (value) return value
    if (performance.now() > end) return undefined
    await sleep(20)
  }
}
