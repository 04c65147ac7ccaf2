import {GtError} from './errors.js'

/** Rejects with `NO_TERMINAL` if this process has no terminal to show a session in. */
export async function checkTerminal(): Promise<void> {
  if (process.stdin.isTTY && process.stdout.isTTY) return
  throw new GtError('attach needs a terminal', {
    code: 'NO_TERMINAL',
    hint: 'Run it in a terminal, with neither its input nor its output redirected.',
  })
}
