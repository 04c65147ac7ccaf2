import type {KillTarget, ProcessIdentity, SessionBackend} from '@gtown/sdk'
import type {TypingServices} from '../typing/prompt-target.js'

/** What the host provides to the supervisor. */
export interface Services extends TypingServices {
  /** The available backend of the highest priority. Rejects when none can be used. */
  firstBackend(): Promise<SessionBackend>
  /** The backend of that name. Rejects when there is none, and when it cannot be used here. */
  backendNamed(name: string): Promise<SessionBackend>
  /** Every backend that can be used here. */
  usableBackends(): Promise<SessionBackend[]>
  /**
   * The state of a process of this machine; undefined if the system does not say. With `start`, a process with
   * another start time counts as ended.
   */
  processState(pid: number, start?: string): 'running' | 'stopped' | 'ended' | undefined
  /** The process that has this pid now; undefined if there is none. */
  identify(pid: number): Promise<ProcessIdentity | undefined>
  /** True if this process is a descendant of the one with that pid. */
  runsUnder(pid: number): Promise<boolean>
  /**
   * Ends the processes of sessions whose `GT_SESSION_ID` begins with the prefix and whose backend has died. Sessions
   * on a living backend are left alone.
   *
   * @returns how many such sessions there were
   */
  endStrays(prefix: string, options: {graceMs: number}): Promise<number>
  /**
   * Lists the pids of the processes that the end of a session would end, and those that `endStrays` would end.
   *
   * @param target the session; undefined if there is none now
   */
  sessionProcesses(target: KillTarget | undefined, prefix: string): Promise<ReadonlySet<number>>
  /**
   * Runs this same command again outside of every session. Never resolves. Rejects when the signal is aborted, or
   * when this process's session has not been ended after `waitMs` milliseconds.
   */
  runAgainOutside(backend: SessionBackend, options: {waitMs: number; signal?: AbortSignal}): Promise<never>
  /** Shows the user a warning of one sentence. */
  warn(message: string): void
}
