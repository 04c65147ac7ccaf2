import {readMonotonicClock} from '@gtown/sdk'

/** A reading of the monotonic clock, which is never set and stops while the machine sleeps. */
export interface ClockReading {
  /** Milliseconds since boot. */
  monotonicMs: number
  /** Identifies the boot. Readings of different boots cannot be compared. */
  boot: string
}

export function readClock(): ClockReading {
  const {monotonicMs, bootId: boot} = readMonotonicClock()
  return {monotonicMs, boot}
}
