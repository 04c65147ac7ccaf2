import type {Host} from '@gtown/sdk'
import type {Git} from '@gtown/sdk/git'

/** What the work on a worker needs of the command that does it. */
export interface Services {
  host: Host
  git: Git
  /** One line on stderr. */
  warn: (message: string) => void
}
