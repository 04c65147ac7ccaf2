import {readMonotonicClock} from '@gtown/sdk'

/** A clock that nobody sets, and that stands still while the machine sleeps. */
export interface ClockReading {
  /** Milliseconds since the machine was started. */
  monotonicMs: number
  /** Which start of the machine that was; readings of two starts cannot be compared. */
  boot: string
}

export function readClock(): ClockReading {
  const {monotonicMs, bootId: boot} = readMonotonicClock()
  return {monotonicMs, boot}
}
