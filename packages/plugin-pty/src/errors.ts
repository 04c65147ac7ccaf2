import {ErrorCode, GtError, type GtErrorOptions} from '@gtown/sdk'

/** The error for a shim that gives no answer: the state of its session is unknown. */
export function unavailable(words: string, options: Partial<GtErrorOptions> = {}): GtError {
  return new GtError(words, {...options, code: ErrorCode.backendUnavailable, liveness: 'unknown'})
}
