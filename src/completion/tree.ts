/** What the value of an argument or a flag names. */
export type ValueKind = 'rig' | 'address' | 'agent' | 'role' | 'backend' | 'file' | 'directory'

/** The source of values; without both fields nothing can be offered. */
export interface ValueSource {
  kind?: ValueKind
  options?: readonly string[]
}

export interface FlagNode extends ValueSource {
  /** As typed, with its dashes. */
  name: string
  char?: string
  summary: string
  takesValue: boolean
  repeatable: boolean
}

export interface CommandNode {
  summary: string
  /** Recognised when typed, but never offered. */
  hidden: boolean
  args: readonly ValueSource[]
  flags: readonly FlagNode[]
}

/** Everything that can be completed without reading a town. */
export interface CompletionTree {
  /** By the command's words, separated by blanks. */
  commands: Readonly<Record<string, CommandNode>>
  /** Summaries of topics, by their words. */
  topics: Readonly<Record<string, string>>
  names: {
    agents: readonly string[]
    backends: readonly string[]
    /** Roles with one instance per town, and per rig. */
    townRoles: readonly string[]
    rigRoles: readonly string[]
  }
}
