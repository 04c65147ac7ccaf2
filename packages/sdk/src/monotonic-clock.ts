import {readFileSync} from 'node:fs'

/** A clock that nobody sets, and that stands still while the machine sleeps. */
export interface MonotonicReading {
  /** Milliseconds since some moment of this boot. Only goes forward. */
  monotonicMs: number
  /** Differs between two boots of the machine, whose readings cannot be compared. */
  bootId: string
}

/** Processes of one boot can compare what they read. */
export function readMonotonicClock(): MonotonicReading {
  return {monotonicMs: Number(process.hrtime.bigint() / 1_000_000n), bootId: bootId()}
}

function bootId(): string {
  // Elsewhere a clock that has gone back tells.
  return process.platform === 'linux'
    ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    : 'boot'
}
