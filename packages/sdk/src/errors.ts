/** Fields of a `GtError` besides its message. */
export interface GtErrorOptions {
  /**
   * Identifies the failure for programs. Compare this, never the class, because several copies of this package may be
   * loaded.
   */
  code: string
  /** The exit code of the process. Default: 1. 2 is reserved for wrong usage. */
  exitCode?: number
  /** What the user can do about it. May have several lines. */
  hint?: string
  /** Additional keys of the `error` object with `--json`. Must not be code, message or hint. */
  details?: Record<string, unknown>
  /** Set if the failure is that the session's liveness is unknown. With `--json` it appears beside `error`. */
  liveness?: 'unknown'
  cause?: unknown
}

/**
 * An expected failure: one clear sentence for the user, a code for programs, an exit code for scripts. The message
 * starts in lower case, names the file or session, and never contains a value given with `--env`.
 */
export class GtError extends Error {
  override readonly name = 'GtError'
  readonly code: string
  readonly exitCode: number
  readonly hint: string | undefined
  readonly details: Record<string, unknown> | undefined
  readonly liveness: 'unknown' | undefined

  constructor(message: string, options: GtErrorOptions) {
    super(message, {cause: options.cause})
    this.code = options.code
    this.exitCode = options.exitCode ?? 1
    this.hint = options.hint
    this.details = options.details
    this.liveness = options.liveness
  }
}

/** The codes that callers act on. A plugin may use others; these are only shown. */
export const ErrorCode = {
  /** The name is taken by a session that runs, or that has ended but was not cleaned up yet. */
  sessionExists: 'SESSION_EXISTS',
  /** The backend gave no answer: whether the session runs is unknown. */
  backendUnavailable: 'BACKEND_UNAVAILABLE',
  /** The session of that name belongs to another town, or to no town. */
  sessionForeign: 'SESSION_FOREIGN',
  /** The session ended, or was replaced, during the call. */
  sessionLost: 'SESSION_LOST',
  /** The terminal has changed since the caller read it. Nothing was typed. */
  screenChanged: 'SCREEN_CHANGED',
  notInWorkspace: 'NOT_IN_WORKSPACE',
  rigNotFound: 'RIG_NOT_FOUND',
  usage: 'USAGE',
  interrupted: 'INTERRUPTED',
} as const

/** True for an error with that code, whichever copy of this package made it. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as {code?: unknown}).code === code
}

/** True for a `GtError`, whichever copy of this package made it. */
export function isGtError(error: unknown): error is GtError {
  return error instanceof Error && error.name === 'GtError'
}

/** A usage error: the command was called incorrectly and did nothing. Exit code 2. */
export function usageError(message: string, hint?: string): GtError {
  return new GtError(message, {code: ErrorCode.usage, exitCode: 2, ...(hint && {hint})})
}

/** A copy of the error with these changes. */
export function amended(error: GtError, changes: Partial<GtErrorOptions> & {message?: string}): GtError {
  const {code, exitCode, hint, details, liveness, cause} = error
  return new GtError(changes.message ?? error.message, {
    code,
    exitCode,
    cause,
    ...(hint && {hint}),
    ...(details && {details}),
    ...(liveness && {liveness}),
    ...changes,
  })
}

/** A copy of the error with a prefix, such as what was being done. Other errors are returned unchanged. */
export function prefixed(prefix: string, error: unknown): unknown {
  return isGtError(error) ? amended(error, {message: `${prefix}: ${error.message}`}) : error
}
