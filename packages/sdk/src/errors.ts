/** What a `GtError` is made of besides its message. */
export interface GtErrorOptions {
  /** What happened, for programs: compare this, never the class (two copies of this package may be loaded). */
  code: string
  /** The exit code of the process. Default 1; 2 is kept for wrong usage. */
  exitCode?: number
  /** What the user can do about it. May have several lines. */
  hint?: string
  /** Further keys of the `error` object under `--json`; none may be called code, message or hint. */
  details?: Record<string, unknown>
  /** The session's liveness, where the failure is that it cannot be told. Stands beside `error` under `--json`. */
  liveness?: 'unknown'
  cause?: unknown
}

/**
 * A failure that was foreseen: one clear sentence for the user, a code for programs, an exit code for scripts.
 * The message begins in lower case, names the file or session, and never contains a value given with `--env`.
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

/** The codes that callers act on. A plugin may throw others; they are shown, never acted on. */
export const ErrorCode = {
  /** The name is taken by a session that runs, or whose end nobody has cleaned up yet. */
  sessionExists: 'SESSION_EXISTS',
  /** The backend gave no answer: whether the session runs is unknown. */
  backendUnavailable: 'BACKEND_UNAVAILABLE',
  /** The session of that name belongs to another town, or to no town. */
  sessionForeign: 'SESSION_FOREIGN',
  /** The session ended, or was replaced, while we were at work on it. */
  sessionLost: 'SESSION_LOST',
  /** The terminal no longer shows what the decision to type rested on; nothing was typed. */
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

/** True for an error that carries what the user needs to know (see `GtError`), whichever copy of this package made it. */
export function isGtError(error: unknown): error is GtError {
  return error instanceof Error && error.name === 'GtError'
}

/** A usage error: the command was called wrongly and did nothing. Exit code 2. */
export function usageError(message: string, hint?: string): GtError {
  return new GtError(message, {code: ErrorCode.usage, exitCode: 2, ...(hint && {hint})})
}

/** The same error, but for what is given. */
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

/** The same error with words before its message, such as what was being done when it struck. */
export function prefixed(prefix: string, error: unknown): unknown {
  return isGtError(error) ? amended(error, {message: `${prefix}: ${error.message}`}) : error
}
