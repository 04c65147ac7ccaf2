import type {Place, Town} from '@gtown/sdk'

/** The user's environment: it says whose files count as their own, and where their configuration is. */
export type Environment = Place['env']

/** A town, and on whose behalf it is used. */
export interface Workspace {
  town: Town
  env: Environment
}

/** The workspace with that root. Its settings are read when they are asked for, and only then is their reader loaded. */
export function workspaceAt(root: string, realRoot: string, env: Environment): Workspace {
  const agentSettings = async () => (await import('../settings.js')).readAgentSettings(workspace)
  const workspace: Workspace = {town: {root, realRoot, agentSettings}, env}
  return workspace
}
