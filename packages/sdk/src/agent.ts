/** How one kind of agent is run. */
export interface AgentPreset {
  /** A program name looked up in PATH, or a path. Never a shell line. */
  command: string
  args: readonly string[]
  /** What the agent's processes are called, told to the session as `GT_PROCESS_NAMES`. */
  processNames: readonly string[]
  /** `arg`: the prompt is the last argument. `none`: it cannot be given; messages are typed after the start. */
  promptMode: 'arg' | 'none'
  env: Readonly<Record<string, string>>
  /** A line on the screen that begins with this is the agent's prompt: it is ready. */
  readyPromptPrefix?: string
  /** Where no prompt is known: milliseconds that the agent must have been alive to count as ready. */
  readyDelayMs?: number
}

/** What settings say of an agent: any part of a preset. What is absent comes from the preset of the same name. */
export type AgentEntry = Partial<AgentPreset>

/** What one settings file says about agents. */
export interface AgentSettings {
  /** The file, for messages. */
  file: string
  agents: Readonly<Record<string, AgentEntry>>
  /** Role name → agent name. */
  roleAgents: Readonly<Record<string, string>>
  /** The agent for every role that `roleAgents` does not name. */
  defaultAgent?: string
}
