import type {Rig} from '@gtown/sdk'
import {inFolder} from '@gtown/sdk/files'
import {listPolecats} from './polecats.js'
import type {Workspace} from './workspace/workspace.js'

/** The rig of that name, whether it exists or not. */
export function rigOf(workspace: Workspace, name: string): Rig {
  const path = inFolder(workspace.town.root, name)
  return {
    name,
    path,
    town: workspace.town,
    workers: () => listPolecats(path),
    // Loaded on demand: only a start reads settings, and status need not load the module.
    agentSettings: async () => (await import('./settings.js')).readAgentSettings(workspace, path),
  }
}
