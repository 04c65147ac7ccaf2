import {API_VERSION, type Versioned} from './api-version.js'
import type {BackendDiagnosis} from './diagnosis.js'
import type {Killer} from './killer.js'
import type {Session, SessionSpec} from './session.js'
import type {Key, TerminalView, TypeOptions} from './terminal.js'

/** Identifies one life of a session. A `Session` is one. */
export type SessionHandle = Pick<Session, 'name' | 'id' | 'incarnation'>

/**
 * A place where sessions run. Names match exactly, never by prefix. An optional method is present only if it works;
 * it is never a silent no-op.
 *
 * If the backend gives no answer, every method rejects with `BACKEND_UNAVAILABLE`. A session is reported absent only
 * if it certainly is.
 */
export interface SessionBackend {
  readonly name: string

  /** True if its sessions run on this machine, so that their pids are valid here. */
  readonly local: boolean

  /**
   * Starts a session and returns it once its first process exists. Atomic: of two concurrent starts with one name,
   * one rejects with `SESSION_EXISTS` and changes nothing. Any other failure, including an aborted signal, leaves
   * nothing of the session behind. The first process has the environment from its beginning.
   */
  start(spec: SessionSpec, options?: {signal?: AbortSignal}): Promise<Session>

  /**
   * Ends this life of the session, with all its processes. A later session of the same name is left alone.
   * Idempotent: returns `absent` if it had ended before. Rejects with the survivors if a process could not be ended.
   *
   * @param options.graceMs milliseconds that its processes have to end by themselves; 0 for none
   */
  stop(session: SessionHandle, options: {graceMs: number}): Promise<'stopped' | 'absent'>

  /**
   * The session of that name, in one round trip; undefined if there certainly is none. With `view`, includes what its
   * terminal shows, if that costs no further round trip.
   */
  inspect(name: string, options?: {view?: boolean}): Promise<Session | undefined>

  /** All sessions, or those whose name begins with the prefix. One round trip, regardless of their number. */
  list(filter?: {prefix?: string}): Promise<Session[]>

  /** Shows the session in this terminal until the user detaches or it ends. Rejects without a terminal. */
  attach?(session: SessionHandle): Promise<void>

  /** Rejects if `attach` cannot work in this process, for example without a terminal. Does not check any session. */
  checkAttach?(): Promise<void>

  /**
   * The last screen lines of the first process, as plain text, with wrapped lines joined and trailing blank lines
   * removed.
   */
  capture?(session: SessionHandle, options: {lines: number}): Promise<string[]>

  /**
   * The environment that the session was started with, including secrets, even after its process has ended. gt uses
   * it to hide secrets in saved screens, and saves no screens of a backend without this method.
   */
  environment?(session: SessionHandle): Promise<Record<string, string>>

  /**
   * Starts a program outside of every session, so that it survives the caller's session. Returns at once. The program
   * gets exactly this environment, and no visible terminal.
   */
  runOutside?(
    command: readonly [string, ...string[]],
    options: {cwd: string; env: Readonly<Record<string, string>>},
  ): Promise<void>

  /** What the terminal of the first process shows now, with its cursor. One round trip. */
  view?(session: SessionHandle): Promise<TerminalView>

  /**
   * Views of many sessions, by name, in one round trip. Omits sessions that have ended, and those that need a round
   * trip of their own; use `view` for these.
   */
  views?(sessions: readonly SessionHandle[]): Promise<ReadonlyMap<string, TerminalView>>

  /**
   * Types a text into the first process, whole and once, whatever its length. Does not press Enter. Omits control
   * characters except newline and tab, because programs take them for keys. Several lines stay one input if the
   * program supports bracketed paste. Rejects with `SESSION_LOST` if the process has ended.
   */
  type?(session: SessionHandle, text: string, options?: TypeOptions): Promise<void>

  /** Presses one key. Rejects as `type` does. */
  press?(session: SessionHandle, key: Key, options?: TypeOptions): Promise<void>
}

/** What the host gives a backend when it is loaded. */
export interface BackendServices {
  killer: Killer
}

/** Whether a backend can be used on this machine; if not, the reason and what the user can do. */
export type Availability = {available: true} | {available: false; reason: string; hint: string}

/** What a plugin returns from the hook `gt:backends`, in an array. */
export interface BackendRegistration extends Versioned {
  name: string
  /** The available backend with the highest number is used. tmux: 100. */
  priority: number
  /** Must be cheap: may read files, must not start processes. */
  available(): Promise<Availability>
  /** Loads the implementation. Called only when a command needs it, to keep start-up fast. */
  load(services: BackendServices): Promise<SessionBackend>
  /**
   * What `gt doctor` shows about it, even if it cannot be used. Must not change anything or start a server. If it
   * rejects, takes longer than 5 s or returns something invalid, the doctor shows one error. Without it, the doctor
   * shows only whether the backend can be used.
   */
  diagnose?(): Promise<BackendDiagnosis>
}

/** Checks the registration's type and adds the version of the contracts. */
export function defineSessionBackend(registration: BackendRegistration): BackendRegistration {
  return {apiVersion: API_VERSION, ...registration}
}
