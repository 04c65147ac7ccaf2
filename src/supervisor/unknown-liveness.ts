import {ErrorCode, GtError, type Session} from '@gtown/sdk'

/** The error for a session whose backend cannot tell whether its agent is alive. Nothing may be concluded from it. */
export function unknownLiveness(session: Session): GtError {
  return new GtError(`cannot tell whether the agent in session '${session.name}' is alive`, {
    code: ErrorCode.backendUnavailable,
    liveness: 'unknown',
    hint: 'Nothing was changed. Attach to the session to see it, or stop it first.',
  })
}
