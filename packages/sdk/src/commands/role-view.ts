import type {RestartResult, StartResult, StopResult} from '../host-sessions.js'
import type {RoleRef} from '../role.js'
import type {RoleStatus} from '../role-status.js'
import type {Style} from '../style.js'

/** A result as a person and as a script sees it. */
export interface Rendered {
  text: string
  json: Record<string, unknown>
}

/** Turns the results of a role's commands into text and JSON. Pure: the words of a role, nothing else. */
export interface RoleView<Ref extends RoleRef = RoleRef> {
  /** Said before the work begins, since it may take a while. */
  starting(ref: Ref): string
  started(ref: Ref, result: StartResult, style: Style): Rendered
  /** Put before the message when a start fails. */
  startFailed: string
  /** The error of a start that finds the session running; absent where that is what the caller asked for. */
  alreadyRunning?: string
  /** The error of a stop that finds no session; absent where that is what the caller asked for. */
  notRunning?: string
  stopped(ref: Ref, result: StopResult, style: Style): Rendered
  restarting(ref: Ref): string
  restarted(ref: Ref, result: RestartResult, style: Style): Rendered
  status(ref: Ref, status: RoleStatus, style: Style): Rendered
  /** Said when `attach` had to start the session first. */
  startedForAttach(ref: Ref, started: Extract<StartResult, {outcome: 'started'}>): string
  attached(ref: Ref, sessionName: string, started: boolean): Record<string, unknown>
}
