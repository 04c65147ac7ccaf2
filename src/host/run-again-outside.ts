import {setTimeout as sleep} from 'node:timers/promises'
import {GtError, type SessionBackend} from '@gtown/sdk'
import {currentPlace} from './place.js'

/** Whose these are: of the session that this process runs in, and of nothing outside of it. */
const INSIDE_ONLY = ['GT_SESSION_ID', 'TMUX', 'TMUX_PANE']

/** This process's environment without what belongs to the session that it runs in. */
export function outsideEnvironment(): Record<string, string> {
  const env = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !INSIDE_ONLY.includes(entry[0]),
  )
  return Object.fromEntries(env)
}

/**
 * Runs this process's command line again where ending its session does not end it, and waits to be ended.
 * Rejects when that does not happen in time.
 *
 * @param argv as `process.argv`
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
      hint: 'Run the command from another terminal: from here the values would have to stand in a process list.',
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
