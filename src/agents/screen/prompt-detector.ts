import type {AgentDetector, AgentObservation, AgentReading, TerminalView} from '@gtown/sdk'
import {genericDetector} from './generic.js'

/**
 * A detector for a program whose settings give only the prefix of its prompt. It is idle when the cursor is right after
 * the prefix, with no text behind it.
 *
 * @param prefix start of the prompt's line, including trailing blanks
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

/** The prompt's row: the cursor's, or one above it if the text is wrapped or indented down to the cursor. */
function promptRow({rows, cursor, columns}: TerminalView, prefix: string): number | undefined {
  for (let row = cursor.row; row >= 0; row--) {
    const line = plain(rows[row])
    // Rows have no trailing blanks, so an empty prompt may be shorter than its prefix.
    if (line === prefix.trimEnd() || line.startsWith(prefix)) return row
    const isWrapped = plain(rows[row - 1]).length >= columns - 1
    if (!isWrapped && !line.startsWith(' '.repeat(prefix.length))) return undefined
  }
  return undefined
}

function plain(line = ''): string {
  return line.replaceAll('\u00a0', ' ')
}
