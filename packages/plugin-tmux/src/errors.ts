import {ErrorCode, GtError, type GtErrorOptions, shorten} from '@gtown/sdk'
import type {TmuxResult} from './tmux-result.js'

export {sessionLost as lost} from '@gtown/sdk'

/** What a failed tmux command means for the requested session. */
type Failure = 'noServer' | 'duplicate' | 'noSession' | 'unavailable'

const meanings: readonly (readonly [RegExp, Failure])[] = [
  [/no server running|error connecting to .* \(No such file or directory\)/, 'noServer'],
  [/server exited|lost server|no current target|no sessions/, 'noServer'],
  [/duplicate session/, 'duplicate'],
  [/(can't find|no such) (session|window|pane)|session not found/, 'noSession'],
]

/** Classifies tmux's error message. Any other message is `unavailable`: the session's state is unknown. */
export function classify(stderr: string): Failure {
  return meanings.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'unavailable'
}

/** True when there certainly is no such session: no server, or no session of that name. */
export function isAbsent(result: TmuxResult): boolean {
  const failure = classify(result.stderr)
  return result.code !== 0 && (failure === 'noServer' || failure === 'noSession')
}

/** The error for an answer that says nothing about the session; `words` is usually tmux's own message. */
export function unavailable(words: string, options: Partial<GtErrorOptions> = {}): GtError {
  return new GtError(words, {...options, code: ErrorCode.backendUnavailable, liveness: 'unknown'})
}

/** The error for a tmux process that failed unexpectedly. */
export function unexpected(result: TmuxResult): GtError {
  const words = result.stderr.trim() || result.stdout.trim() || `it ended with code ${result.code}`
  return unavailable(`tmux gave no answer: ${shorten(words, 300)}`)
}

/** Throws unless tmux succeeded. */
export function checkSuccess(result: TmuxResult): void {
  if (result.code !== 0) throw unexpected(result)
}

/** Reason and hint for a user without tmux. */
export const notInstalled = {
  reason: "tmux is not installed: 'tmux' not found in PATH",
  hint: 'Install it: apt install tmux (Debian, Ubuntu), brew install tmux (macOS).',
}
