import {ErrorCode, GtError, type Session} from '@gtown/sdk'

/** The error for a session of which its backend cannot tell whether the agent lives: nothing may follow from it. */
export function unknownLiveness(session: Session): GtError {
  return new GtError(`whether the agent in session '${session.name}' lives is not known`, {
    code: ErrorCode.backendUnavailable,
    liveness: 'unknown',
    hint: 'Nothing was done. Look at it with attach, or stop it first.',
  })
}
