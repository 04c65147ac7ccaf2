import type {AgentDetector, AgentObservation, AgentReading, TerminalView} from '@gtown/sdk'
import {genericDetector} from './generic.js'

/**
 * For a program of which the settings tell no more than how its prompt begins: it is idle where the cursor stands
 * right behind the prompt, and there is no text after it.
 *
 * @param prefix what the line with the prompt begins with, trailing blanks included
 */
export function promptDetector(name: string, prefix: string): AgentDetector {
  const generic = genericDetector(name)
  return {
    name,
    read(observation) {
      const reading = generic.read(observation)
      return reading.state === 'unknown' && reading.evidence.length === 0
        ? readPrompt(name, prefix, observation)
        : reading
    },
  }
}

function readPrompt(name: string, prefix: string, {terminal}: AgentObservation): AgentReading {
  const {rows, cursor, at} = terminal
  const row = promptRow(terminal, prefix)
  if (row === undefined || !cursor.visible) {
    return {state: 'unknown', evidence: [], text: `the cursor is not at a prompt of ${name}`}
  }
  const line = plain(rows[row])
  const isEmpty = line.slice(prefix.length).trim() === '' && cursor.row === row
  const state = isEmpty && cursor.column === prefix.length ? 'idle' : 'draft'
  return {state, evidence: [{source: 'screen', state, value: line, at}]}
}

/** The cursor's row, or above it the one where the text begins that is wrapped, or indented, down to the cursor. */
function promptRow({rows, cursor, columns}: TerminalView, prefix: string): number | undefined {
  for (let row = cursor.row; row >= 0; row--) {
    const line = plain(rows[row])
    // A screen has no blanks at the end of a line, so an empty prompt is shorter than its prefix.
    if (line === prefix.trimEnd() || line.startsWith(prefix)) return row
    const isWrapped = plain(rows[row - 1]).length >= columns - 1
    if (!isWrapped && !line.startsWith(' '.repeat(prefix.length))) return undefined
  }
  return undefined
}

function plain(line = ''): string {
  return line.replaceAll('\u00a0', ' ')
}
