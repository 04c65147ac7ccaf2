import type {RestartResult, RoleStatus, StartResult, StopResult} from '../host.js'
import type {RoleRef} from '../role.js'
import type {Style} from '../style.js'

/** A result as a person and as a script sees it. */
export interface Rendered {
  text: string
  json: Record<string, unknown>
}

/** Turns the results of a role's commands into text and JSON. Pure: the words of a role, nothing else. */
export interface RoleView {
  /** Said before the work begins, since it may take a while. */
  starting(ref: RoleRef): string
  started(ref: RoleRef, result: StartResult, style: Style): Rendered
  /** Put before the message when a start fails. */
  startFailed: string
  stopped(ref: RoleRef, result: StopResult, style: Style): Rendered
  restarting(ref: RoleRef): string
  restarted(ref: RoleRef, result: RestartResult, style: Style): Rendered
  status(ref: RoleRef, status: RoleStatus, style: Style): Rendered
  /** Said when `attach` had to start the session first. */
  startedForAttach(ref: RoleRef): string
  attached(ref: RoleRef, sessionName: string, started: boolean): Record<string, unknown>
}
