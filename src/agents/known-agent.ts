import type {AgentEntry, StateEvidence} from '@gtown/sdk'
import type {VersionRules} from './screen/rules.js'

/** All that gt knows of one agent. Data and pure functions: what reads files, presses keys or waits is generic. */
export interface KnownAgent {
  /** How it is run when settings say nothing; what is absent has the defaults of any agent. */
  preset: AgentEntry & Required<Pick<AgentEntry, 'command' | 'args'>>
  /** How its versions look, the newest last. Absent where its screens are not known. */
  screens?: readonly [VersionRules, ...VersionRules[]]
  /** The dialogs that a start may answer. */
  startDialogs?: readonly StartDialog[]
  /**
   * How long (ms) its first empty prompt has to stand until no dialog is expected any more: some agents draw the prompt
   * first, and put a dialog in its place a moment later.
   */
  promptSettlesMs?: number
  ownState?: OwnState
  /** A file of settings that it needs before it starts. */
  settings?: SettingsFile
}

/** A dialog about the agent itself that may stand before its first prompt, and the choice that lets it work. */
interface StartDialog {
  /** What the dialog says. */
  text: RegExp
  /** The choice that a user means who has allowed the agent to start without questions. */
  answer: RegExp
}

/** A JSON file in which an agent keeps what it is doing. */
interface OwnState {
  /** Absolute path of the file of this process; undefined where the environment does not tell. */
  file(process: OwnProcess): string | undefined
  /** Reads the parsed file. Undefined where it is about another process, or says nothing that is known. */
  read(content: unknown, process: Pick<OwnProcess, 'pid'>): StateEvidence | undefined
}

/** The agent's process on this machine. */
export interface OwnProcess {
  pid: number
  env: Readonly<Record<string, string | undefined>>
}

export interface SettingsFile {
  /** Relative to the home of the role. */
  path: string
  content: unknown
}
