import {readdirSync, readFileSync} from 'node:fs'
import type {AgentObservation, AgentReading, AgentState, StateEvidence, TerminalView} from '@gtown/sdk'
import {detectorFor} from '../../../../src/agents/detector-for.js'
import {knownAgents} from '../../../../src/agents/known/index.js'

/** A real agent's screen at one moment, and its state. */
export interface Capture {
  agent: string
  version: string
  label: string
  state: AgentState
  alive: boolean
  terminal: TerminalView
}

/** The agents whose screens are known. */
export const detectedAgents = (await knownAgents()).flatMap(([name, {screens}]) => (screens ? [name] : []))

const folder = new URL('../../../fixtures/screens/', import.meta.url)

export const captures: readonly Capture[] = readdirSync(folder).flatMap((file) =>
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => withRows(JSON.parse(line))),
)

/** The files contain only the styled rows. */
function withRows(capture: Capture): Capture {
  return {...capture, terminal: withStyledRows(capture.terminal, capture.terminal.styledRows)}
}

export function withStyledRows(terminal: TerminalView, styledRows: readonly string[]): TerminalView {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
  const rows = styledRows.map((row) => row.replace(/\u001b\[[\d;]*m/g, '').replace(/ +$/, ''))
  return {...terminal, styledRows, rows}
}

export function capture(agent: string, label: string): Capture {
  const found = captures.findLast((one) => one.agent === agent && one.label === label)
  if (!found) throw new Error(`no capture ${label} of ${agent}`)
  return found
}

export async function read({
  agent,
  ...observation
}: {agent: string} & AgentObservation): Promise<AgentReading> {
  return (await detectorFor(agent)).read(observation)
}

/** A terminal that shows these lines and nothing else, the cursor hidden in the line that begins with a mark. */
export function showing(text: string, more: Partial<TerminalView> = {}): TerminalView {
  const rows = text.split('\n')
  const marked = rows.findIndex((row) => /^[\s│┃]*[❯›●→] /.test(row))
  return {
    at: 0,
    columns: 120,
    rows,
    styledRows: rows.map((row) => `\u001b[39m${row}`),
    cursor: {column: 1, row: marked === -1 ? rows.length - 1 : marked, visible: false},
    title: '',
    command: 'node',
    alternateScreen: true,
    inMode: false,
    ...more,
  }
}

export function own(state: AgentState): StateEvidence {
  return {source: 'own', state, value: state, at: 0}
}
