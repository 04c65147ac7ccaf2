import type {Place, Town} from '@gtown/sdk'

/** The user's environment. It decides which uids count as own, and where the configuration is. */
export type Environment = Place['env']

/** A town, and the environment of the user who works in it. */
export interface Workspace {
  town: Town
  env: Environment
}
