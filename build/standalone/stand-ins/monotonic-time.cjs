// For `process.hrtime.bigint`, which under Bun begins with each process, and so cannot be compared between two.
const {ptr} = require('bun:ffi')
const {isMac, openLibrary} = require('./libc.cjs')

/** Of <time.h>: CLOCK_UPTIME_RAW and CLOCK_MONOTONIC, which both stand still while the machine sleeps. */
const CLOCK = isMac ? 8 : 1

const {clock_gettime: readClock} = openLibrary({clock_gettime: {args: ['int', 'ptr'], returns: 'int'}})

/** Nanoseconds since some moment of this boot. */
module.exports = () => {
  const time = new BigInt64Array(2)
  if (readClock(CLOCK, ptr(time)) !== 0) throw new Error('the monotonic clock cannot be read')
  const [seconds, nanoseconds] = time
  return seconds * 1_000_000_000n + nanoseconds
}
