import type {TerminalView} from './terminal.js'

/**
 * Whether a session's own process is alive. `unknown` never leads to a destructive action. A backend that cannot be
 * reached at all rejects with `BACKEND_UNAVAILABLE` instead.
 */
export type Liveness = 'alive' | 'dead' | 'unknown'

/** How a process ended. Both absent: it ended in a way unknown to the backend. */
export interface Exit {
  code?: number
  signal?: string
}

/** Key-value text attached to a session when it is created, and removed with it. */
export type Labels = Readonly<Record<string, string>>

/** What a backend needs to start a session. */
export interface SessionSpec {
  /** `[A-Za-z0-9_-]`, at most 200 characters, so that every backend can use it (see `checkSessionName`). */
  name: string
  /** Absolute path of a directory that exists. */
  cwd: string
  /** The program (an absolute path) and its arguments, passed byte for byte. No shell is involved. */
  command: readonly [string, ...string[]]
  /** Set for the first process, and for every later process of the session. */
  env: Readonly<Record<string, string>>
  /** Variables that the first process must not have, even if the backend's own environment has them. */
  unsetEnv: readonly string[]
  labels: Labels
  /** How the session appears to a person, if the backend can show it. */
  appearance?: {title: string; background: string; foreground: string}
}

/** A session as its backend reported it at one moment. */
export interface Session {
  name: string
  /** The backend's own id, unique during the lifetime of its server. */
  id: string
  /** Differs between any two sessions of the same name. */
  incarnation: string
  /** The pid of the session's first process. */
  pid: number
  /** Milliseconds since the epoch. */
  createdAt: number
  /** When something last appeared on its screen, in milliseconds since the epoch. */
  lastActivityAt: number
  /** Liveness of the first process. A session may outlive it. */
  liveness: Liveness
  /** Present if `liveness` is `dead`. */
  exit?: Exit
  /** Number of terminals that show it. */
  attached: number
  /** True if its stop has begun: it is in progress, or was interrupted and must be repeated. */
  stopping: boolean
  /** Empty for a session that gt did not start. */
  labels: Labels
  /** What its terminal showed at that moment. Present if requested and available in the same round trip. */
  view?: TerminalView
  /** `GT_ROOT` in the session's environment, which identifies the owner of a session without labels. */
  environmentRoot?: string
}
