import type {TerminalView} from './terminal.js'

/**
 * Whether a session's own process lives. Who cannot tell says unknown, and nothing destructive ever follows
 * from unknown. A backend that cannot be reached at all rejects instead (`BACKEND_UNAVAILABLE`).
 */
export type Liveness = 'alive' | 'dead' | 'unknown'

/** How a process ended. Both absent: it ended, and the backend was not told how. */
export interface Exit {
  code?: number
  signal?: string
}

/** Text that identifies a session for its whole life: written at birth, gone with the session. */
export type Labels = Readonly<Record<string, string>>

/** What a backend needs to start a session. */
export interface SessionSpec {
  /** `[A-Za-z0-9_-]`, at most 200 characters: what every backend can name (see `checkSessionName`). */
  name: string
  /** Absolute path of a directory that exists. */
  cwd: string
  /** The program (an absolute path) and its arguments, given to it byte for byte. No shell reads them. */
  command: readonly [string, ...string[]]
  /** Set for the first process, and for all that the session starts later. */
  env: Readonly<Record<string, string>>
  /** Variables that the first process must not have, even if the backend's own environment has them. */
  unsetEnv: readonly string[]
  labels: Labels
  /** How the session shows itself to a person, where the backend has a place for it. */
  appearance?: {title: string; background: string; foreground: string}
}

/** One session as its backend saw it at one moment. */
export interface Session {
  name: string
  /** The backend's own id; unique while its server lives. */
  id: string
  /** Differs between two sessions of the same name, whenever they lived. */
  incarnation: string
  /** The first process that the session was started with. */
  pid: number
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Milliseconds since the epoch: the last time that something appeared on its screen. */
  lastActivityAt: number
  /** Of the first process; a session may outlive it. */
  liveness: Liveness
  /** Present when liveness is dead. */
  exit?: Exit
  /** How many terminals show it. */
  attached: number
  /** True when a stop of it has begun: it goes on, or it was interrupted and has to be done again. */
  stopping: boolean
  /** Empty for a session that gt did not start. */
  labels: Labels
  /** What its terminal showed in the same moment, where that was asked for and the backend could tell it in one go. */
  view?: TerminalView
  /** `GT_ROOT` in the session's environment: whose it is when it has no labels. */
  environmentRoot?: string
}
