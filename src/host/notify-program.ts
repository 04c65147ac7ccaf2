import {spawn} from 'node:child_process'
import type {Readable} from 'node:stream'
import {finished} from 'node:stream/promises'
import {GtError, shorten} from '@gtown/sdk'
import {currentPlace} from './place.js'
import {outsideEnvironment} from './run-again-outside.js'

interface Limits {
  /** A program that has not ended by then, in milliseconds, is ended. */
  longestMs: number
  /** So long its last words may take to come; a program that it left behind may hold its stderr for ever. */
  lastWordsMs: number
}

const LIMITS: Limits = {longestMs: 60_000, lastWordsMs: 1000}

/**
 * Runs a program of the user's with a text as its standard input. Rejects when it cannot be started, fails, or takes
 * longer than a minute.
 */
export async function notifyProgram(
  [program, ...args]: readonly [string, ...string[]],
  input: string,
  {longestMs, lastWordsMs} = LIMITS,
): Promise<void> {
  const child = spawn(program, args, {
    cwd: currentPlace().cwd ?? '/',
    env: outsideEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: longestMs,
    killSignal: 'SIGKILL',
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  // The notifier may close stdin early.
  child.stdin.on('error', ignoreClosedPipe)
  child.stdin.end(input)
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', (error) => reject(notTold(program, error.message)))
    child.once('exit', (status, signal) => resolve(status ?? signal))
  })
  if (code === 0) return
  await allSaid(child.stderr, lastWordsMs)
  throw notTold(program, `it ended with ${code}${said && `: ${shorten(said.trim(), 200)}`}`)
}

/** The end of a process is told before what it said last. */
async function allSaid(stderr: Readable, limitMs: number): Promise<void> {
  await finished(stderr, {signal: AbortSignal.timeout(limitMs)}).catch(() => undefined)
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function notTold(program: string, reason: string): GtError {
  return new GtError(`${program} could not be told: ${reason}`, {code: 'NOT_TOLD'})
}
