import type {SessionBackend} from '@gtown/sdk'

/** What the supervisor is given by its host. */
export interface Services {
  /** The backend that this town's sessions run on. Rejects when none can be used. */
  backend(): Promise<SessionBackend>
  env: Readonly<Record<string, string | undefined>>
  /** Tells the user, in one sentence, what does not stop the command. */
  warn(message: string): void
}
