import type {AgentSettings} from '@gtown/sdk'
import {builtInPreset} from './built-in.js'
import {lookUpProgram, type ProgramSearch} from './find-program.js'
import {knownAgents} from './known/index.js'
import {type AgentQuery, type ResolvedAgent, resolveAgent} from './resolve.js'

export interface ChosenAgent extends ResolvedAgent {
  /** True when the role's built-in agent was chosen without being requested or configured. */
  isFallback: boolean
}

/**
 * The agent that a start runs: the result of `resolveAgent`, or the role's built-in agent when none is requested or
 * configured and no AI agent is installed. A configured agent that is not installed is never replaced by another.
 */
export async function chooseAgent(query: AgentQuery, search: ProgramSearch): Promise<ChosenAgent> {
  const {builtIn, requested, settings} = query
  if (
    !builtIn ||
    requested !== undefined ||
    settings.some(isConfigured) ||
    (await isAnyInstalled(query, search))
  ) {
    return {...(await resolveAgent(query)), isFallback: false}
  }
  return {name: builtIn.name, preset: builtInPreset(builtIn), warnings: [], isFallback: true}
}

function isConfigured({defaultAgent, roleAgents}: AgentSettings): boolean {
  return defaultAgent !== undefined || Object.keys(roleAgents).length > 0
}

/** Agents in the settings count, too, since the user means to use them. */
async function isAnyInstalled({settings}: AgentQuery, search: ProgramSearch): Promise<boolean> {
  const known = (await knownAgents()).map(([, {preset}]) => preset)
  const entries = [...known, ...settings.flatMap(({agents}) => Object.values(agents))]
  const commands = new Set(entries.flatMap(({command}) => command ?? []))
  for (const command of commands) {
    if ((await lookUpProgram(command, search)) !== undefined) return true
  }
  return false
}
