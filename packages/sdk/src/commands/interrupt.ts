import {constants} from 'node:os'
import {ErrorCode, GtError} from '../errors.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs work that must clean up when interrupted. The first interrupt aborts the work's signal, with the error to
 * reject with as its reason. A second one ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const interrupt = (signal: (typeof SIGNALS)[number]) => {
    if (controller.signal.aborted) process.exit(exitCodeOf(signal))
    controller.abort(
      new GtError(`interrupted by ${signal}`, {code: ErrorCode.interrupted, exitCode: exitCodeOf(signal)}),
    )
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  try {
    return await work(controller.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }
}

/**
 * Runs work until the user interrupts it or the reader of its output goes away. A pipe such as `| head -1` reports
 * that with the next line.
 */
export async function whileRead<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const left = new AbortController()
  const leave = () => left.abort()
  process.stdout.on('error', leave)
  try {
    return await interruptible((signal) => work(AbortSignal.any([signal, left.signal])))
  } finally {
    process.stdout.off('error', leave)
  }
}

/** The exit code that shells report for a process ended by this signal. */
function exitCodeOf(signal: (typeof SIGNALS)[number]): number {
  return 128 + constants.signals[signal]
}
