import {readFileSync} from 'node:fs'

/** A clock that nobody sets, and that stands still while the machine sleeps. */
export interface ClockReading {
  /** Milliseconds since the machine was started. */
  monotonicMs: number
  /** Which start of the machine that was; readings of two starts cannot be compared. */
  boot: string
}

export function readClock(): ClockReading {
  return {monotonicMs: Number(process.hrtime.bigint() / 1_000_000n), boot: bootId()}
}

function bootId(): string {
  // Elsewhere a clock that has gone back tells.
  return process.platform === 'linux'
    ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    : 'boot'
}
