/** What the value of an argument or a flag is the name of. */
export type ValueKind = 'rig' | 'address' | 'agent' | 'role' | 'backend' | 'file' | 'directory'

/** Where the values come from; neither is there where nothing can be offered. */
export interface ValueSource {
  kind?: ValueKind
  options?: readonly string[]
}

export interface FlagNode extends ValueSource {
  /** With its dashes, as it is typed. */
  name: string
  char?: string
  summary: string
  takesValue: boolean
  repeatable: boolean
}

export interface CommandNode {
  summary: string
  /** Known when it is typed, and never offered. */
  hidden: boolean
  args: readonly ValueSource[]
  flags: readonly FlagNode[]
}

/** All that can be completed without a look at a town. */
export interface CompletionTree {
  /** By the words of the command, with a blank between two. */
  commands: Readonly<Record<string, CommandNode>>
  /** What help says of a topic, by its words. */
  topics: Readonly<Record<string, string>>
  names: {
    agents: readonly string[]
    backends: readonly string[]
    /** Roles of the whole town, and of a rig. */
    townRoles: readonly string[]
    rigRoles: readonly string[]
  }
}
