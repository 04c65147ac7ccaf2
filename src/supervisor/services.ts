import type {ProcessIdentity, SessionBackend} from '@gtown/sdk'
import type {TypingServices} from '../typing/prompt-target.js'

/** What the supervisor is given by its host. */
export interface Services extends TypingServices {
  /** The available backend of the highest priority. Rejects when none can be used. */
  firstBackend(): Promise<SessionBackend>
  /** The backend of that name. Rejects when there is none, and when it cannot be used here. */
  backendNamed(name: string): Promise<SessionBackend>
  /** Every backend that can be used here. */
  usableBackends(): Promise<SessionBackend[]>
  /** What the system says of a process of this machine; undefined where it does not tell. With `start`, of that very one. */
  processState(pid: number, start?: string): 'running' | 'stopped' | 'ended' | undefined
  /** Who has this pid now; undefined when nobody has. */
  identify(pid: number): Promise<ProcessIdentity | undefined>
  /** True when this process runs below the one with that pid. */
  runsUnder(pid: number): Promise<boolean>
  /**
   * Ends the processes of sessions whose `GT_SESSION_ID` begins with the prefix and whose backend has ended under
   * them. A session whose backend lives is not touched.
   *
   * @returns how many such sessions there were
   */
  endStrays(prefix: string, options: {graceMs: number}): Promise<number>
  /**
   * Runs this very command again outside of every session. Never returns: rejects when the signal is aborted, and
   * when the command has not ended the session that this process runs in after `waitMs` milliseconds.
   */
  runAgainOutside(backend: SessionBackend, options: {waitMs: number; signal?: AbortSignal}): Promise<never>
  /** Tells the user, in one sentence, what does not stop the command. */
  warn(message: string): void
}
