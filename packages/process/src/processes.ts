import {GtError, type ProcessIdentity} from '@gtown/sdk'

/** One living process. A zombie is not one: it has ended and only waits for its parent to take notice. */
export interface ProcessEntry extends ProcessIdentity {
  parent: number
  /** The id of its terminal session; where the system hides that, of its process group. */
  session: number
  /** Its controlling terminal. */
  terminal: string | undefined
  /** `GT_SESSION_ID` in its environment; undefined when unset, empty, or hidden from us. */
  marker: string | undefined
  /** True when a signal stopped it: until it is continued it does nothing. */
  stopped: boolean
  /** True for a tmux server; false where the system does not tell one from a tmux client. */
  isTmuxServer: boolean
}

/** All processes, as they were within a few milliseconds. */
export interface Scan {
  processes: ReadonlyMap<number, ProcessEntry>
  /** The terminals that a process has open as its standard input, output or error. */
  openTerminals(pid: number): string[]
}

/** How the system is asked about processes. Synchronous: what is learned is old as soon as anything is waited for. */
export interface Processes {
  /** The process that asks. */
  readonly self: number
  scan(): Scan
  /** The parent of a process that is alive; undefined for one that is not, or that has none. */
  parentOf(pid: number): number | undefined
  /** The start time of each of these that is alive now. */
  startTimes(pids: readonly number[]): Map<number, string>
  /** Sends a signal to each of these that still is the same process; one that is not ours to signal is passed over. */
  signal(identities: readonly ProcessIdentity[], signal: NodeJS.Signals): void
  /** The command line, for a person to recognise; a name when the system hides it. */
  commandOf(pid: number): string
}

/** Sends a signal to one process, never to a group. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // Gone meanwhile, or another user's: the next scan tells which.
    if (!hasErrno(error, ['ESRCH', 'EPERM'])) throw error
  }
}

export function hasErrno(error: unknown, codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '')
}

/** Rejects a scan without the very process that made it: from such a scan would follow that nothing is alive. */
export function checkComplete(processes: ReadonlyMap<number, ProcessEntry>, source: string): void {
  if (!processes.has(process.pid)) throw unreadable(`${source} does not show gt itself`)
}

export function unreadable(reason: string): GtError {
  return new GtError(`the processes of this machine cannot be listed: ${reason}`, {
    code: 'PROCESSES_UNREADABLE',
    hint: 'Check that `ps` works for this user, and that /proc is mounted where the system has it.',
  })
}
