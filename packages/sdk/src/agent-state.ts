import type {TerminalView} from './terminal.js'

/**
 * What an agent is doing.
 * - `starting`: it has not shown its prompt yet
 * - `idle`: it waits for a task, and its prompt is empty
 * - `draft`: it is idle, and a person's text stands in its prompt
 * - `menu`: a list that a person opened, such as of commands or models
 * - `busy`: it works; what is typed may be queued, steer it or be lost
 * - `permission`: it asks whether it may do something; Enter would allow or refuse it
 * - `question`: it asks something else about its work
 * - `dialog`: it asks something about itself: trust, sign-in, terms, an update
 * - `limit`: it has stopped because of a usage limit
 * - `shell`: a shell has the terminal, in the agent's place or because the agent hands lines to one
 * - `dead`: its process has ended
 * - `unknown`: cannot be told, or the sources contradict each other
 */
export const AGENT_STATES = [
  'starting',
  'idle',
  'draft',
  'menu',
  'busy',
  'permission',
  'question',
  'dialog',
  'limit',
  'shell',
  'dead',
  'unknown',
] as const
export type AgentState = (typeof AGENT_STATES)[number]

/** One thing that a state was told from. */
export interface StateEvidence {
  /** `process`: the system; `own`: what the agent itself keeps of its state; `title` and `screen`: its terminal. */
  source: 'process' | 'own' | 'title' | 'screen'
  /** The state that this source alone speaks for. */
  state: AgentState
  /** What was seen, in a few words, such as the line of the screen. */
  value: string
  /** Milliseconds since the epoch: when it became so, or when it was seen. */
  at: number
}

export interface AgentReading {
  state: AgentState
  /** What it was told from, the strongest first; contradicting ones are all there. */
  evidence: readonly StateEvidence[]
  /** Why it is unknown, or the text of the dialog, permission, question or usage limit. */
  text?: string
  /** Of a usage limit that is told above the prompt: what the prompt holds all the same. Absent where a dialog is open. */
  prompt?: 'idle' | 'draft'
  /** The choices of a dialog, permission or question, and which one Enter would take. */
  choices?: readonly {label: string; marked: boolean}[]
}

/** What is known of an agent at one moment: what a detector reads. */
export interface AgentObservation {
  /** The version of the agent's program; undefined where it is not known. */
  version: string | undefined
  /** False when its process has ended. */
  alive: boolean
  terminal: TerminalView
  /** What the agent itself keeps of its state, where it keeps something that gt can read. */
  own?: StateEvidence
}

/** Tells the state of one kind of agent. Pure: from the observation, and from nothing else. */
export interface AgentDetector {
  /** The kind of agent: the base name of its program, such as `claude`. */
  name: string
  read(observation: AgentObservation): AgentReading
}
