/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number
  /** Start time as the system tells it; two processes with the same pid differ in it. */
  start: string
}

/** What belongs to a session, as far as its backend knows. */
export interface KillTarget {
  /**
   * The first process of every terminal of the session. Leave out one that ended a while ago (a dead pane): its
   * number may be another process's by now, and the marker finds what it left behind.
   */
  roots: readonly number[]
  /**
   * The process that started the roots, where the backend knows it. A root with another parent is a later process
   * with the same number, and is left alone.
   */
  parentPid?: number
  /** The session's `GT_SESSION_ID`: every process that has it in its environment belongs to the session. */
  marker?: string
}

export interface Survivor {
  pid: number
  command: string
}

/** The service that ends sessions' processes. The host hands one to every backend, so that none can forget it. */
export interface Killer {
  /**
   * Ends all processes of a session: asks them to (TERM), and after the grace period makes them (KILL).
   * Never touches the caller, its ancestors, or a process that carries another session's marker. Idempotent.
   * A caller inside the session is returned, with its ancestors in it, as a survivor.
   *
   * @param graceMs milliseconds between asking and making; 0 makes at once
   * @returns what could not be ended; empty means that nothing of the session is alive
   */
  end(target: KillTarget, options: {graceMs: number}): Promise<Survivor[]>

  /**
   * The command line to start a session's first process with, instead of the command. The process becomes the
   * parent of its orphaned descendants, so that `end` finds even those that have left everything else behind.
   * It then turns into the command: same process, arguments, environment and name, no shell.
   *
   * A program that cannot be run ends with code 127 and one line on standard error. Where the system cannot
   * contain processes the command is returned as it is. An orphan that ends stays a zombie until the first
   * process waits for it or ends.
   */
  contain(command: readonly [string, ...string[]]): Promise<[string, ...string[]]>
}
