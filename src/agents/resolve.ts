import {type AgentEntry, type AgentPreset, type AgentSettings, type BuiltInAgent, GtError} from '@gtown/sdk'
import {builtInPreset} from './built-in.js'
import {baseName} from './kind.js'
import {defaultAgentName, knownAgent, knownNames} from './known/index.js'

export interface AgentQuery {
  /** The name of the role that the agent is to take. */
  role: string
  /** The agent that the user named on the command line. */
  requested?: string
  /** The most specific file first. */
  settings: readonly AgentSettings[]
  /** The role's own agent: a name that is known for this role only. */
  builtIn?: BuiltInAgent | undefined
}

export interface ResolvedAgent {
  name: string
  preset: AgentPreset
  /** What the user should know although an agent was found, one sentence each. */
  warnings: string[]
}

/**
 * Chooses the agent: the requested one; else the role's, the most specific file first; else the default, likewise;
 * else claude. Rejects a name that is requested or a default and known nowhere; a role's name that is known
 * nowhere warns and falls through, as in the original.
 */
export async function resolveAgent(query: AgentQuery): Promise<ResolvedAgent> {
  const {settings, requested, role} = query
  if (requested !== undefined)
    return {name: requested, preset: await mustLookUp(requested, query, ''), warnings: []}
  const warnings: string[] = []
  for (const {roleAgents} of settings) {
    const name = Object.hasOwn(roleAgents, role) ? roleAgents[role] : undefined
    if (name === undefined) continue
    const preset = await lookUp(name, query)
    if (preset) return {name, preset, warnings}
    warnings.push(
      `role_agents[${role}]=${name} - agent "${name}" not found in config or built-in presets, falling back to default`,
    )
  }
  const chosen = settings.find(({defaultAgent}) => defaultAgent !== undefined)
  const name = chosen?.defaultAgent ?? defaultAgentName
  return {name, preset: await mustLookUp(name, query, chosen ? ` (named in ${chosen.file})` : ''), warnings}
}

async function mustLookUp(name: string, query: AgentQuery, origin: string): Promise<AgentPreset> {
  const preset = await lookUp(name, query)
  if (preset) return preset
  throw new GtError(`building startup command: agent '${name}' not found${origin}`, {
    code: 'AGENT_NOT_FOUND',
    hint: `Known agents: ${namesOf(query).join(', ')}.`,
  })
}

function namesOf({settings, builtIn}: AgentQuery): string[] {
  const own = builtIn ? [builtIn.name] : []
  return [...new Set([...settings.flatMap(({agents}) => Object.keys(agents)), ...knownNames, ...own])]
}

/** The entry of the most specific file over the preset of the same name, field by field. */
async function lookUp(name: string, {settings, builtIn}: AgentQuery): Promise<AgentPreset | undefined> {
  const own = builtIn?.name === name ? builtInPreset(builtIn) : undefined
  const preset: AgentEntry | undefined = (await knownAgent(name))?.preset ?? own
  const source = settings.find(({agents}) => Object.hasOwn(agents, name))
  const entry = {...preset, ...source?.agents[name]}
  if (source && !entry.command) {
    throw new GtError(`agent '${name}' has no command`, {
      code: 'AGENT_INVALID',
      hint: `Give agents.${name} a "command" in ${source.file}.`,
    })
  }
  return entry.command ? complete(entry, entry.command) : undefined
}

function complete(entry: AgentEntry, command: string): AgentPreset {
  return {args: [], processNames: [baseName(command)], promptMode: 'arg', env: {}, ...entry, command}
}
