import type {TerminalView} from './terminal.js'

/**
 * What an agent is doing.
 * - `starting`: it has not shown its prompt yet
 * - `idle`: it waits for a task with an empty prompt
 * - `draft`: it is idle, with a person's text in its prompt
 * - `menu`: a person has opened a list, such as of commands or models
 * - `busy`: it is working; text typed now may be queued, steer it or get lost
 * - `permission`: it asks whether it may do something; Enter would allow or refuse it
 * - `question`: it asks something else about its work
 * - `dialog`: it asks something about itself: trust, sign-in, terms, an update
 * - `limit`: it has stopped because of a usage limit
 * - `shell`: a shell has the terminal, because the agent has ended or passes lines to a shell
 * - `dead`: its process has ended
 * - `unknown`: the state cannot be read, or the sources contradict each other
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

/** One piece of evidence for a state. */
export interface StateEvidence {
  /** `process`: the system; `own`: a state file of the agent; `title` and `screen`: its terminal. */
  source: 'process' | 'own' | 'title' | 'screen'
  /** The state according to this source alone. */
  state: AgentState
  /** The observation in a few words, such as a line of the screen. */
  value: string
  /** When the state began, or when it was observed. Milliseconds since the epoch. */
  at: number
}

export interface AgentReading {
  state: AgentState
  /** The evidence, the strongest first, including contradicting evidence. */
  evidence: readonly StateEvidence[]
  /** Why it is unknown, or the text of the dialog, permission, question or usage limit. */
  text?: string
  /** For a usage limit shown above the prompt: the state of the prompt. Absent when a dialog is open. */
  prompt?: 'idle' | 'draft'
  /** The choices of a dialog, permission or question, and which one Enter would select. */
  choices?: readonly {label: string; marked: boolean}[]
}

/** What is known of an agent at one moment, as input of a detector. */
export interface AgentObservation {
  /** The version of the agent's program; undefined when unknown. */
  version: string | undefined
  /** False if its process has ended. */
  alive: boolean
  terminal: TerminalView
  /** The state that the agent itself records, if gt can read it. */
  own?: StateEvidence
}

/** Detects the state of one kind of agent. Pure: the result depends only on the observation. */
export interface AgentDetector {
  /** The kind of agent: the base name of its program, such as `claude`. */
  name: string
  read(observation: AgentObservation): AgentReading
}
