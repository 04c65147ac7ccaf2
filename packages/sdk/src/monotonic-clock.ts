import {readFileSync} from 'node:fs'

/** A monotonic clock: it is never set, and stops while the machine sleeps. */
export interface MonotonicReading {
  /** Milliseconds since some moment of this boot. Only goes forward. */
  monotonicMs: number
  /** Identifies a boot of the machine. Readings of different boots cannot be compared. */
  bootId: string
}

/** Reads the clock. All processes of one boot share it. */
export function readMonotonicClock(): MonotonicReading {
  return {monotonicMs: Number(process.hrtime.bigint() / 1_000_000n), bootId: bootId()}
}

function bootId(): string {
  // Other systems have no boot id. There, a reading that went backwards shows a reboot.
  return process.platform === 'linux'
    ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    : 'boot'
}
