import type {Environment, Workspace} from './workspace.js'

/** The workspace with that root. Its settings, and the module that reads them, are loaded on demand. */
export function workspaceAt(root: string, realRoot: string, env: Environment): Workspace {
  const agentSettings = async () => (await import('../settings.js')).readAgentSettings(workspace)
  const workspace: Workspace = {town: {root, realRoot, agentSettings}, env}
  return workspace
}
