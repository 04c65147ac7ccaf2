import {ErrorCode, GtError} from './errors.js'
import type {Survivor} from './killer.js'

/** The error for a start whose name is taken. */
export function sessionExists(name: string): GtError {
  return new GtError(`session '${name}' exists already`, {code: ErrorCode.sessionExists})
}

/** The error for a session, or a part of it, that ended or was replaced during the call. */
export function sessionLost(name: string, what = 'it ended, or another took its place'): GtError {
  return new GtError(`session '${name}' is lost: ${what}`, {code: ErrorCode.sessionLost})
}

/** The error for a terminal that has changed since the caller read it. */
export function screenChanged(name: string): GtError {
  return new GtError(`the screen of session '${name}' changed before anything was typed`, {
    code: ErrorCode.screenChanged,
    hint: 'Nothing was typed. Try again.',
  })
}

/** The error for a stop that left processes alive: `SURVIVORS`, with their pids and commands in its details. */
export function sessionSurvived(name: string, survivors: readonly Survivor[]): GtError {
  const processes = survivors.map(({pid, command}) => `${pid} (${command})`).join(', ')
  return new GtError(`session '${name}' could not be ended; these processes survive: ${processes}`, {
    code: 'SURVIVORS',
    hint: 'The session is kept, so that the stop can be repeated.',
    details: {survivors},
  })
}
