import type {RestartResult, StartResult, StopResult} from '../host-sessions.js'
import type {RoleRef} from '../role.js'
import type {RoleStatus} from '../role-status.js'
import type {Style} from '../style.js'

/** A result as text for people and as JSON for scripts. */
export interface Rendered {
  text: string
  json: Record<string, unknown>
}

/** Turns the results of a role's commands into text and JSON. Pure. */
export interface RoleView<Ref extends RoleRef = RoleRef> {
  /** Printed before the work begins, because it may take a while. */
  starting(ref: Ref): string
  started(ref: Ref, result: StartResult, style: Style): Rendered
  /** Prefix of the message of a failed start. */
  startFailed: string
  /** The error for a start of a running session; absent if that counts as success. */
  alreadyRunning?: string
  /** The error for a stop without a session; absent if that counts as success. */
  notRunning?: string
  stopped(ref: Ref, result: StopResult, style: Style): Rendered
  restarting(ref: Ref): string
  restarted(ref: Ref, result: RestartResult, style: Style): Rendered
  status(ref: Ref, status: RoleStatus, style: Style): Rendered
  /** Printed if `attach` had to start the session first. */
  startedForAttach(ref: Ref, started: Extract<StartResult, {outcome: 'started'}>): string
  attached(ref: Ref, sessionName: string, started: boolean): Record<string, unknown>
}
