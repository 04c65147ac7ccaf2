import {setTimeout as sleep} from 'node:timers/promises'

/** Waits until `probe` returns something truthy, and returns that. Throws after the deadline (ms), naming what it waited for. */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  deadlineMs = 10_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + deadlineMs
  for (;;) {
    const value = await probe()
    if (value) return value
    if (Date.now() > end) throw new Error(`waited ${deadlineMs} ms for ${what}`)
    await sleep(20)
  }
}
