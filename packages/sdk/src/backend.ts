import {API_VERSION, type Versioned} from './api-version.js'
import type {BackendDiagnosis} from './diagnosis.js'
import type {Killer} from './killer.js'
import type {Session, SessionSpec} from './session.js'
import type {Key, TerminalView, TypeOptions} from './terminal.js'

/** What identifies one life of a session; a `Session` is one. */
export type SessionHandle = Pick<Session, 'name' | 'id' | 'incarnation'>

/**
 * A place where sessions run. Everything is addressed by exact name: a prefix never matches.
 * A method that is optional is present only where it works; it is never a silent no-op.
 *
 * When the backend gives no answer every method rejects with `BACKEND_UNAVAILABLE`; absent is said only of
 * what is certainly absent.
 */
export interface SessionBackend {
  readonly name: string

  /** True when the processes of its sessions are this machine's: their pids can be looked up in its process table. */
  readonly local: boolean

  /**
   * Starts a session and returns it once its first process exists. Atomic: of two starts of one name, however
   * close, one rejects with `SESSION_EXISTS` and changes nothing. On any other failure, a cancelled signal
   * included, nothing of the session is left behind. The environment is there for the first process.
   */
  start(spec: SessionSpec, options?: {signal?: AbortSignal}): Promise<Session>

  /**
   * Ends this life of the session, with every process in it. A session of the same name that came later is
   * not touched. Idempotent: `absent` when it had ended before. Rejects, naming the survivors, when something
   * of it could not be ended.
   *
   * @param options.graceMs milliseconds that its processes get to end by themselves; 0 for none
   */
  stop(session: SessionHandle, options: {graceMs: number}): Promise<'stopped' | 'absent'>

  /**
   * The session of that name in one round trip, or undefined when there certainly is none. With `view`, what its
   * terminal shows comes with it, where that costs no further round trip.
   */
  inspect(name: string, options?: {view?: boolean}): Promise<Session | undefined>

  /** All sessions, or those whose name begins with the prefix, in one round trip however many there are. */
  list(filter?: {prefix?: string}): Promise<Session[]>

  /** Shows the session in this terminal until the user detaches or it ends. Rejects without a terminal. */
  attach?(session: SessionHandle): Promise<void>

  /** Rejects when `attach` cannot work in this process, such as for want of a terminal. Looks at no session. */
  checkAttach?(): Promise<void>

  /** The last lines of the screen of the first process, as plain text, wrapped lines joined, without blank lines at the end. */
  capture?(session: SessionHandle, options: {lines: number}): Promise<string[]>

  /**
   * The environment that the session was started with, secrets included, when its process has ended, too: for
   * hiding them in what is kept of a screen. No screen is kept of a backend without this.
   */
  environment?(session: SessionHandle): Promise<Record<string, string>>

  /**
   * Starts a program that belongs to no session, so that it lives on when the caller's session ends, and returns
   * at once. It has the environment that is given, and no terminal that anybody sees.
   */
  runOutside?(
    command: readonly [string, ...string[]],
    options: {cwd: string; env: Readonly<Record<string, string>>},
  ): Promise<void>

  /** What the terminal of the first process shows now, and where its cursor is. In one round trip. */
  view?(session: SessionHandle): Promise<TerminalView>

  /**
   * The same of many sessions, by name, in one round trip however many they are. Left out is whose life is over, and what
   * would take a round trip of its own: ask `view` for that.
   */
  views?(sessions: readonly SessionHandle[]): Promise<ReadonlyMap<string, TerminalView>>

  /**
   * Types a text at the first process, whole and once, whatever its length, and presses no Enter. Control characters
   * but newline and tab are left out: a program would take them for keys. Several lines stay one input where the
   * program tells pasted text from typed. Rejects with `SESSION_LOST` when the process has ended.
   */
  type?(session: SessionHandle, text: string, options?: TypeOptions): Promise<void>

  /** Presses one key. Rejects as `type` does. */
  press?(session: SessionHandle, key: Key, options?: TypeOptions): Promise<void>
}

/** What the host gives a backend when it is loaded. */
export interface BackendServices {
  killer: Killer
}

/** Whether a backend can be used on this machine; if not, why, and what the user can do. */
export type Availability = {available: true} | {available: false; reason: string; hint: string}

/** What a plugin returns from the hook `gt:backends`, in an array. */
export interface BackendRegistration extends Versioned {
  name: string
  /** The available backend with the highest number is used. tmux: 100. */
  priority: number
  /** Cheap: it may look at files, it starts no process. */
  available(): Promise<Availability>
  /** Loads the implementation, which stays off the start-up path until a command needs it. */
  load(services: BackendServices): Promise<SessionBackend>
  /**
   * What `gt doctor` shows of it, when it cannot be used, too. Changes nothing, and starts no server. One that rejects,
   * takes longer than 5 s, or answers something else becomes one error line. Without it the doctor says whether the
   * backend can be used, and no more.
   */
  diagnose?(): Promise<BackendDiagnosis>
}

/** Checks the registration's type, and says which version of the contracts it was made for. */
export function defineSessionBackend(registration: BackendRegistration): BackendRegistration {
  return {apiVersion: API_VERSION, ...registration}
}
