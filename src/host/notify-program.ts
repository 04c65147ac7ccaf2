import {spawn} from 'node:child_process'
import type {Readable} from 'node:stream'
import {finished} from 'node:stream/promises'
import {GtError, shorten} from '@gtown/sdk'
import {currentPlace} from './place.js'
import {outsideEnvironment} from './run-again-outside.js'

interface Limits {
  /** Milliseconds after which the program is killed. */
  timeoutMs: number
  /** Milliseconds to wait for the rest of its stderr. A child that it left behind may hold stderr open for ever. */
  stderrMs: number
}

const LIMITS: Limits = {timeoutMs: 60_000, stderrMs: 1000}

/**
 * Runs a program of the user with the text on its standard input. Rejects if it cannot be started, fails, or takes
 * longer than a minute.
 */
export async function notifyProgram(
  [program, ...args]: readonly [string, ...string[]],
  input: string,
  {timeoutMs, stderrMs} = LIMITS,
): Promise<void> {
  const child = spawn(program, args, {
    cwd: currentPlace().cwd ?? '/',
    env: outsideEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: timeoutMs,
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
    child.once('error', (error) => reject(notifyFailed(program, error.message)))
    child.once('exit', (status, signal) => resolve(status ?? signal))
  })
  if (code === 0) return
  await stderrEnded(child.stderr, stderrMs)
  throw notifyFailed(program, `it ended with ${code}${said && `: ${shorten(said.trim(), 200)}`}`)
}

/** Node reports the exit of a process before the end of its stderr. */
async function stderrEnded(stderr: Readable, limitMs: number): Promise<void> {
  await finished(stderr, {signal: AbortSignal.timeout(limitMs)}).catch(() => undefined)
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function notifyFailed(program: string, reason: string): GtError {
  return new GtError(`${program} could not be notified: ${reason}`, {code: 'NOT_TOLD'})
}
