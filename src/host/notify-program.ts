import {spawn} from 'node:child_process'
import {GtError, shorten} from '@gtown/sdk'
import {currentPlace} from './place.js'
import {outsideEnvironment} from './run-again-outside.js'

/** A program that has not ended by then is ended. */
const LONGEST_MS = 60_000

/**
 * Runs a program of the user's with a text as its standard input. Rejects when it cannot be started, fails, or takes
 * longer than a minute.
 */
export async function notifyProgram(
  [program, ...args]: readonly [string, ...string[]],
  input: string,
  longestMs = LONGEST_MS,
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
  // Who does not read what it is told has heard enough.
  child.stdin.on('error', ignoreClosedPipe)
  child.stdin.end(input)
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', (error) => reject(notTold(program, error.message)))
    child.once('exit', (status, signal) => resolve(status ?? signal))
  })
  if (code !== 0) throw notTold(program, `it ended with ${code}${said && `: ${shorten(said.trim(), 200)}`}`)
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function notTold(program: string, reason: string): GtError {
  return new GtError(`${program} could not be told: ${reason}`, {code: 'NOT_TOLD'})
}
