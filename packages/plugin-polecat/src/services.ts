import type {Host} from '@gtown/sdk'
import type {GitProgress} from '@gtown/sdk/commands'
import type {Git} from '@gtown/sdk/git'

/** The services that a command provides for work on a worker. */
export interface Services {
  host: Host
  git: Git
  /** Prints one line to stderr. */
  warn: (message: string) => void
  /** Shows how far long git commands are. */
  progress: GitProgress
}
