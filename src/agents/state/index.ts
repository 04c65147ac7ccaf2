import type {AgentDetector} from '@gtown/sdk'
import {detectorFrom} from './detector.js'
import {genericDetector} from './generic.js'
import type {AgentRules} from './rules.js'

/** Only the rules of the agent that is asked for are read from the disk. */
const rules: Readonly<Record<string, () => Promise<AgentRules>>> = {
  aider: async () => (await import('./aider.js')).aider,
  claude: async () => (await import('./claude.js')).claude,
  codex: async () => (await import('./codex.js')).codex,
  copilot: async () => (await import('./copilot.js')).copilot,
  gemini: async () => (await import('./gemini.js')).gemini,
  opencode: async () => (await import('./opencode.js')).opencode,
  pi: async () => (await import('./pi.js')).pi,
  qwen: async () => (await import('./qwen.js')).qwen,
}

/** The kinds of agent whose screens are known. */
export const detectedAgents: readonly string[] = Object.keys(rules)

/** The detector for a kind of agent, such as `claude`; for any other program one that never says idle. */
export async function detectorFor(name: string): Promise<AgentDetector> {
  const load = Object.hasOwn(rules, name) ? rules[name] : undefined
  return load ? detectorFrom(await load()) : genericDetector(name)
}
