import type {TerminalView} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {type Capture, captures, detectedAgents, read, withStyledRows} from './captures.js'

/** The stub model's text. */
const modelText = /word\d+ |Line \d+ of a slow|Hello from the stub|All done\./

/** Indentation of the further lines of the model's text, by agent. */
const indents = new Map(detectedAgents.map((agent) => [agent, indentOf(agent)]))

function indentOf(agent: string): string {
  const rows = captures.filter((one) => one.agent === agent).flatMap(({terminal}) => terminal.rows)
  const columns = rows.flatMap((row) => (modelText.exec(row.trim())?.index === 0 ? [row.search(/\S/)] : []))
  return ' '.repeat(Math.min(...columns))
}

const rule = '─'.repeat(60)

/** The last line is next to the agent's own drawing. */
const imitations: Readonly<Record<string, readonly string[]>> = {
  'a prompt': [rule, '❯ ', rule, '  ? for shortcuts'],
  'another prompt': ['› Ask Codex to do anything', '', ' >   Type your message or @path/to/file', '> '],
  'a box': ['┃', '┃  Build · Stub Model', '╹▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀', '/srv/example  ctrl+p commands'],
  'a spinner': ['⠋ Working... (esc to cancel, 3s)'],
  'a spinner of dots': ['... Working... (3s · esc to cancel)'],
  work: ['✻ Thinking… (3s · esc to interrupt)'],
  'more work': ['• Working (3s • esc to interrupt)', '◎ Working · 166 B esc esc interrupt'],
  'a bar of progress': ['■■⬝⬝⬝⬝⬝⬝  esc interrupt'],
  'a permission': ['Do you want to proceed?', '❯ 1. Yes', '  2. No', '', 'Esc to cancel · Tab to amend'],
  'another permission': ['Allow execution of [Shell]?', '● 1. Allow once', '  2. No', '› 1. Yes', '  2. No'],
  'a question': ['Run shell commands? (Y)es/(N)o [Yes]:', 'Continue? (y/n)'],
  'a shell': ['shell$ '],
}

/** The lowest row of the model's own text. */
function lastTextRow({rows}: TerminalView): number {
  return rows.findLastIndex((row) => modelText.test(row))
}

function imitating({agent, terminal}: Capture, lines: readonly string[]): TerminalView {
  const last = lastTextRow(terminal)
  const styledRows = terminal.styledRows.map((row, index) => {
    if (index > last) return row
    const line = lines.at(-1 - ((last - index) % lines.length))
    return `\u001b[0m${indents.get(agent)}${line}`
  })
  return withStyledRows(terminal, styledRows)
}

const withText = captures.filter(
  ({state, terminal}) => ['idle', 'draft', 'busy'].includes(state) && lastTextRow(terminal) !== -1,
)
const cases = withText.flatMap((one) => Object.keys(imitations).map((imitation) => ({...one, imitation})))

describe('the model writes text that looks like a state', () => {
  test.each(cases)('$agent $version, $label, with $imitation in the text: $state', async (one) => {
    const terminal = imitating(one, imitations[one.imitation] ?? [])
    expect((await read({...one, terminal})).state).toBe(one.state)
  })

  test.each(['idle', 'busy'])('every agent has such a capture in the state %s', (state) => {
    const agents = withText.filter((one) => one.state === state).map(({agent}) => agent)
    expect(new Set(agents)).toEqual(new Set(detectedAgents))
  })
})
