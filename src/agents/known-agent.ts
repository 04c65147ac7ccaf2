import type {AgentEntry, StateEvidence} from '@gtown/sdk'
import type {VersionRules} from './screen/rules.js'

/** All that gt knows about one agent: data and pure functions. Code that reads files, presses keys or waits is generic. */
export interface KnownAgent {
  /** How it is run unless settings say otherwise. Absent fields have the defaults of any agent. */
  preset: AgentEntry & Required<Pick<AgentEntry, 'command' | 'args'>>
  /** Screen rules by version, the newest last. Absent when its screens are not known. */
  screens?: readonly [VersionRules, ...VersionRules[]]
  /** The dialogs that a start may answer. */
  startDialogs?: readonly StartDialog[]
  /**
   * How long (ms) its first empty prompt must stay until no dialog is expected any more. Some agents draw the prompt
   * first, and replace it with a dialog a moment later.
   */
  promptSettlesMs?: number
  ownState?: OwnState
  /** A settings file that it needs before it starts. */
  settings?: SettingsFile
}

/** A dialog that may precede an agent's first prompt, and the choice that lets the agent work. */
interface StartDialog {
  /** Matches the dialog's text. */
  text: RegExp
  /** Matches the choice of a user who has allowed the agent to start without questions. */
  answer: RegExp
}

/** A JSON file in which an agent records its own state. */
interface OwnState {
  /** Absolute path of the file of this process; undefined when the environment does not determine it. */
  file(process: OwnProcess): string | undefined
  /** Interprets the parsed file. Undefined when it describes another process, or has no known state. */
  read(content: unknown, process: Pick<OwnProcess, 'pid'>): StateEvidence | undefined
}

/** The agent's process on this machine. */
export interface OwnProcess {
  pid: number
  env: Readonly<Record<string, string | undefined>>
}

export interface SettingsFile {
  /** Relative to the role's home. */
  path: string
  content: unknown
}
