import {ErrorCode, GtError, type GtErrorOptions, shorten} from '@gtown/sdk'
import type {TmuxResult} from './tmux-result.js'

export {sessionLost as lost} from '@gtown/sdk'

/** What a failure of tmux says about the session that was asked for. */
type Failure = 'noServer' | 'duplicate' | 'noSession' | 'unavailable'

const meanings: readonly (readonly [RegExp, Failure])[] = [
  [/no server running|error connecting to .* \(No such file or directory\)/, 'noServer'],
  [/server exited|lost server|no current target|no sessions/, 'noServer'],
  [/duplicate session/, 'duplicate'],
  [/(can't find|no such) (session|window|pane)|session not found/, 'noSession'],
]

/** Reads tmux's words. What they do not certainly say is `unavailable`: the truth about the session is unknown. */
export function classify(stderr: string): Failure {
  return meanings.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'unavailable'
}

/** True when tmux certainly has no such session, for want of a server or of the session. */
export function isAbsent(result: TmuxResult): boolean {
  const failure = classify(result.stderr)
  return result.code !== 0 && (failure === 'noServer' || failure === 'noSession')
}

/** The error for an answer that says nothing about the session, in tmux's own words. */
export function unavailable(words: string, options: Partial<GtErrorOptions> = {}): GtError {
  return new GtError(words, {...options, code: ErrorCode.backendUnavailable, liveness: 'unknown'})
}

/** The error for a tmux process that failed for a reason nobody foresaw. */
export function unexpected(result: TmuxResult): GtError {
  const words = result.stderr.trim() || result.stdout.trim() || `it ended with code ${result.code}`
  return unavailable(`tmux gave no answer: ${shorten(words, 300)}`)
}

/** Rejects unless tmux did what it was asked to. */
export function checkSuccess(result: TmuxResult): void {
  if (result.code !== 0) throw unexpected(result)
}

/** What a user without tmux is told, and what they can do. */
export const notInstalled = {
  reason: "tmux is not installed: 'tmux' not found in PATH",
  hint: 'Install it: apt install tmux (Debian, Ubuntu), brew install tmux (macOS).',
}
