import {setTimeout as sleep} from 'node:timers/promises'
import {GtError, type SessionBackend} from '@gtown/sdk'
import {currentPlace} from './place.js'

/** Variables that belong to the session of this process only. */
const INSIDE_ONLY = ['GT_SESSION_ID', 'TMUX', 'TMUX_PANE']

/** The environment of this process without the variables of its session. */
export function outsideEnvironment(): Record<string, string> {
  const env = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !INSIDE_ONLY.includes(entry[0]),
  )
  return Object.fromEntries(env)
}

/**
 * Runs this process's command line again outside of its session, then waits to be ended with the session. Rejects if
 * that does not happen in time.
 *
 * @param argv like `process.argv`
 */
export async function runAgainOutside(
  backend: SessionBackend,
  {waitMs, signal}: {waitMs: number; signal?: AbortSignal},
  argv: readonly string[] = process.argv,
): Promise<never> {
  if (!backend.runOutside) {
    throw new GtError(`a session on ${backend.name} cannot be ended from inside`, {
      code: 'INSIDE_SESSION',
      hint: 'Run the command from another terminal.',
    })
  }
  const [, ...words] = argv
  if (words.some((word) => word.startsWith('--env'))) {
    throw new GtError('a session cannot be restarted with --env from inside itself', {
      code: 'INSIDE_SESSION',
      hint: 'Run the command from another terminal: from here the values would show in the process list.',
    })
  }
  await backend.runOutside([process.execPath, ...words], {
    cwd: currentPlace().cwd ?? '/',
    env: outsideEnvironment(),
  })
  await sleep(waitMs, undefined, {...(signal && {signal})}).catch(() => signal?.throwIfAborted())
  throw new GtError('the session that this command runs in was not ended', {
    code: 'NOT_ENDED',
    hint: 'Run the command from another terminal to see why.',
  })
}
