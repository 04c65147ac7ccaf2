import {type AgentEntry, type AgentPreset, type AgentSettings, type BuiltInAgent, GtError} from '@gtown/sdk'
import {builtInPreset} from './built-in.js'
import {baseName} from './kind.js'
import {defaultAgentName, knownAgent, knownNames} from './known/index.js'

export interface AgentQuery {
  /** Name of the agent's role. */
  role: string
  /** The agent that the user named on the command line. */
  requested?: string
  /** The most specific file first. */
  settings: readonly AgentSettings[]
  /** The role's built-in agent, whose name only this role knows. */
  builtIn?: BuiltInAgent | undefined
}

export interface ResolvedAgent {
  name: string
  preset: AgentPreset
  /** One sentence each, for the user. */
  warnings: string[]
}

/**
 * Chooses the agent: the requested one; else the one configured for the role, the most specific file first; else the
 * configured default, likewise; else claude. Rejects when the requested or default agent is unknown. An unknown agent
 * for the role is a warning and is skipped, as in the original.
 */
export async function resolveAgent(query: AgentQuery): Promise<ResolvedAgent> {
  const {settings, requested, role} = query
  if (requested !== undefined)
    return {name: requested, preset: await requireAgent(requested, query, ''), warnings: []}
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
  return {name, preset: await requireAgent(name, query, chosen ? ` (named in ${chosen.file})` : ''), warnings}
}

async function requireAgent(name: string, query: AgentQuery, origin: string): Promise<AgentPreset> {
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

/** The preset of that name, overridden field by field by the entry of the most specific file. */
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
