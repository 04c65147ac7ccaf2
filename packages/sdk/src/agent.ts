/** How to run one kind of agent. */
export interface AgentPreset {
  /** A program name looked up in PATH, or a path. Never a shell line. */
  command: string
  args: readonly string[]
  /**
   * The kind of agent whose screens and state files it has, such as `claude` for a wrapper script. Default: the
   * program's name.
   */
  kind?: string
  /**
   * The argument that lets the agent work without asking. If `args` has it, gt answers the agent's start-up dialogs.
   */
  autoApprove?: string
  /** Names of the agent's processes, passed to the session as `GT_PROCESS_NAMES`. */
  processNames: readonly string[]
  /**
   * `arg`: the prompt is the last argument. `none`: it takes no prompt argument; messages are typed after the start.
   * `silent`: it gets no messages.
   */
  promptMode: 'arg' | 'none' | 'silent'
  env: Readonly<Record<string, string>>
  /** If gt does not know its screens: a line that begins with this is the agent's prompt. */
  readyPromptPrefix?: string
  /** If gt does not know its screens: it takes several pasted lines as one text. */
  bracketedPaste?: boolean
  /** If no prompt is known: milliseconds after which a living agent counts as ready. */
  readyDelayMs?: number
}

/** An agent in settings: any part of a preset. Absent fields come from the preset of the same name. */
export type AgentEntry = Partial<AgentPreset>

/** What one settings file says about agents. */
export interface AgentSettings {
  /** The file, for messages. */
  file: string
  agents: Readonly<Record<string, AgentEntry>>
  /** Role name → agent name. */
  roleAgents: Readonly<Record<string, string>>
  /** The session backend for new sessions. */
  sessionBackend?: string
  /** The agent for every role that `roleAgents` does not name. */
  defaultAgent?: string
  /** The thresholds of the patrol, unchecked, as in the file. The patrol validates them. */
  patrol?: unknown
  /** Who is notified of incidents, unchecked, as in the file. The patrol validates it. */
  escalate?: unknown
  /** The limits of git, unchecked, as in the file. `readGitLimits` validates them. */
  git?: unknown
}
