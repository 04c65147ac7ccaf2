/** How one kind of agent is run. */
export interface AgentPreset {
  /** A program name looked up in PATH, or a path. Never a shell line. */
  command: string
  args: readonly string[]
  /** Whose screens and state files it has, such as `claude` for a script around it; the program's name when absent. */
  kind?: string
  /** The argument by which a user lets it work without questions: with it, its start-up dialogs are answered. */
  autoApprove?: string
  /** What the agent's processes are called, told to the session as `GT_PROCESS_NAMES`. */
  processNames: readonly string[]
  /**
   * `arg`: the prompt is the last argument. `none`: it cannot be given; messages are typed after the start. `silent`:
   * it is told nothing.
   */
  promptMode: 'arg' | 'none' | 'silent'
  env: Readonly<Record<string, string>>
  /** Where its screens are not known: a line that begins with this is the agent's prompt. */
  readyPromptPrefix?: string
  /** Where its screens are not known: it takes several pasted lines as one text. */
  bracketedPaste?: boolean
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
  /** The session backend that new sessions are started on. */
  sessionBackend?: string
  /** The agent for every role that `roleAgents` does not name. */
  defaultAgent?: string
  /** The thresholds of the patrol, as they stand in the file; who patrols checks them. */
  patrol?: unknown
  /** Where incidents are told, as it stands in the file; who patrols checks it. */
  escalate?: unknown
}
