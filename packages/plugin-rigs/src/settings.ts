import {join} from 'node:path'
import type {AgentSettings} from '@gtown/sdk'
import {readJsonFile} from './files/json-file.js'
import {agentsFormat, rigSettingsFormat, townSettingsFormat} from './settings-format.js'
import {checkOwner} from './workspace/trust.js'
import type {Workspace} from './workspace/workspace.js'

/**
 * The agent settings of a town, and of a rig if given, the most specific first. Missing files are left out. Rejects for
 * an invalid file or one of another user, naming the file.
 */
export async function readAgentSettings(workspace: Workspace, rigPath?: string): Promise<AgentSettings[]> {
  const ofRig = rigPath === undefined ? undefined : join(rigPath, 'settings')
  const ofTown = join(workspace.town.root, 'settings')
  const sources = [
    ...(ofRig ? [{file: join(ofRig, 'config.json'), format: rigSettingsFormat}] : []),
    {file: join(ofTown, 'config.json'), format: townSettingsFormat},
    ...(ofRig ? [{file: join(ofRig, 'agents.json'), format: agentsFormat}] : []),
    {file: join(ofTown, 'agents.json'), format: agentsFormat},
  ]
  const found: AgentSettings[] = []
  for (const {file, format} of sources) {
    await checkOwner(workspace, file)
    const settings = await readJsonFile(file, format)
    if (settings) found.push({file, ...settings})
  }
  return found
}
