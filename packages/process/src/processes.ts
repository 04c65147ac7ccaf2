import {GtError, type ProcessIdentity} from '@gtown/sdk'

/** One living process. A zombie does not count: it has ended and only waits for its parent to reap it. */
export interface ProcessEntry extends ProcessIdentity {
  parent: number
  /** Its session id; its process group where the system hides the session. */
  session: number
  /** Its controlling terminal. */
  terminal: string | undefined
  /** `GT_SESSION_ID` in its environment; undefined when unset, empty, or hidden from us. */
  marker: string | undefined
  /** True when a signal stopped it, until it is continued. */
  stopped: boolean
  /** True for a tmux server; false where the system cannot tell a server from a client. */
  isTmuxServer: boolean
}

/** All processes, listed within a few milliseconds. */
export interface Scan {
  processes: ReadonlyMap<number, ProcessEntry>
  /** The terminals that a process has open as its standard input, output or error. */
  openTerminals(pid: number): string[]
}

/** The system's process table. Synchronous, since an answer is outdated after any wait. */
export interface Processes {
  /** This process's pid. */
  readonly self: number
  scan(): Scan
  /** The parent of a living process; undefined when it has none or is not alive. */
  parentOf(pid: number): number | undefined
  /** Start times by pid, without those that are not alive. */
  startTimes(pids: readonly number[]): Map<number, string>
  /** Signals each process that is still the same one. Processes that we may not signal are skipped. */
  signal(identities: readonly ProcessIdentity[], signal: NodeJS.Signals): void
  /** The command line, for people to read; only the program's name where the system hides it. */
  commandOf(pid: number): string
}

/** Sends a signal to one process, never to a group. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended meanwhile, or belongs to another user. The next scan shows which.
    if (!hasErrno(error, ['ESRCH', 'EPERM'])) throw error
  }
}

export function hasErrno(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

/** Rejects a scan that lacks this very process: it would wrongly suggest that nothing is alive. */
export function checkComplete(processes: ReadonlyMap<number, ProcessEntry>, source: string): void {
  if (!processes.has(process.pid)) throw processesUnreadable(`${source} does not show gt itself`)
}

export function processesUnreadable(reason: string): GtError {
  return new GtError(`the processes of this machine cannot be listed: ${reason}`, {
    code: 'PROCESSES_UNREADABLE',
    hint: 'Check that `ps` works for this user, and that /proc is mounted where the system has it.',
  })
}
