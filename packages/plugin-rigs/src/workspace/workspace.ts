import type {Place, Town} from '@gtown/sdk'

/** The user's environment: it says whose files count as their own, and where their configuration is. */
export type Environment = Place['env']

/** A town, and on whose behalf it is used. */
export interface Workspace {
  town: Town
  env: Environment
}
