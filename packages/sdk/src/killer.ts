/** Identifies a process, even if its pid is reused later. */
export interface ProcessIdentity {
  pid: number
  /** Start time as reported by the system. Differs between two processes with the same pid. */
  start: string
}

/** The processes of a session, as far as its backend knows. */
export interface KillTarget {
  /**
   * The first process of every terminal of the session. Leave out processes that ended earlier (a dead pane): their
   * pids may have been reused, and the marker finds their children.
   */
  roots: readonly number[]
  /**
   * The process that started the roots, if known. A root with another parent is a later process with a reused pid,
   * and is left alone.
   */
  parentPid?: number
  /** The session's `GT_SESSION_ID`. Every process with it in its environment belongs to the session. */
  marker?: string
}

export interface Survivor {
  pid: number
  command: string
}

/** Ends the processes of sessions. The host passes one to every backend. */
export interface Killer {
  /**
   * Ends all processes of a session: sends TERM, and KILL after the grace period. Never touches the caller, its
   * ancestors, or a process with another session's marker. Idempotent. If the caller is inside the session, it is
   * returned as a survivor, with its ancestors in the session.
   *
   * @param graceMs milliseconds between TERM and KILL; 0 sends KILL at once
   * @returns the processes that could not be ended; empty if nothing of the session is alive
   */
  end(target: KillTarget, options: {graceMs: number}): Promise<Survivor[]>

  /**
   * Wraps the command of a session's first process. The process becomes the parent of its orphaned descendants, so
   * that `end` finds even those that have dropped every other trace. It then turns into the command, with the same
   * pid, arguments, environment and name. No shell is involved.
   *
   * If the program cannot be run, the process ends with code 127 and one line on standard error. If the system cannot
   * contain processes, the command is returned unchanged. An ended orphan stays a zombie until the first process
   * waits for it or ends.
   */
  contain(command: readonly [string, ...string[]]): Promise<[string, ...string[]]>
}
