import type {KnownAgent} from '../known-agent.js'

/** One line per agent. Only the requested agent's module is loaded. */
const agents = {
  claude: async () => (await import('./claude.js')).claude,
  gemini: async () => (await import('./gemini.js')).gemini,
  codex: async () => (await import('./codex.js')).codex,
  cursor: async () => (await import('./cursor.js')).cursor,
  auggie: async () => (await import('./auggie.js')).auggie,
  amp: async () => (await import('./amp.js')).amp,
  opencode: async () => (await import('./opencode.js')).opencode,
  copilot: async () => (await import('./copilot.js')).copilot,
  qwen: async () => (await import('./qwen.js')).qwen,
  pi: async () => (await import('./pi.js')).pi,
  aider: async () => (await import('./aider.js')).aider,
} satisfies Record<string, () => Promise<KnownAgent>>

type KnownName = keyof typeof agents

/** The agent of every role when nothing is configured. */
export const defaultAgentName: KnownName = 'claude'

/** The names of the agents that gt knows without settings. */
export const knownNames: readonly string[] = Object.keys(agents)

/** A known agent, by its name or kind; undefined for any other program. */
export async function knownAgent(name: string): Promise<KnownAgent | undefined> {
  return isKnown(name) ? await agents[name]() : undefined
}

/** All known agents with their names. It loads every module; for a single agent use `knownAgent`. */
export async function knownAgents(): Promise<[name: string, agent: KnownAgent][]> {
  return await Promise.all(
    Object.entries(agents).map(async ([name, load]): Promise<[string, KnownAgent]> => [name, await load()]),
  )
}

function isKnown(name: string): name is KnownName {
  return Object.hasOwn(agents, name)
}
