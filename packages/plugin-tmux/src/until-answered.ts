import {setTimeout as sleep} from 'node:timers/promises'
import {unavailable} from './errors.js'
import type {TmuxResult} from './tmux-result.js'

/** How often tmux is asked when it ends well without a complete answer. */
const TRIES = 4

/**
 * Repeats a query, which must change nothing, until its answer is complete or tmux fails. Beside many other clients
 * tmux 3.3a may end with code 0 and print nothing, which must not pass for "no sessions".
 *
 * @throws `BACKEND_UNAVAILABLE` when no answer was complete
 */
export async function untilAnswered(
  query: () => Promise<TmuxResult>,
  isComplete: (stdout: string) => boolean,
): Promise<TmuxResult> {
  for (let tries = 1; ; tries++) {
    const result = await query()
    if (result.code !== 0 || isComplete(result.stdout)) return result
    if (tries === TRIES) throw unavailable('tmux gave no answer: it ended without a complete one')
    await sleep(20 * tries)
  }
}
