import type {AgentDetector, AgentObservation, AgentReading} from '@gtown/sdk'
import {genericDetector} from './state/generic.js'

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
  const line = (rows[cursor.row] ?? '').replaceAll('\u00a0', ' ')
  // A screen has no blanks at the end of a line, so an empty prompt is shorter than its prefix.
  const isPrompt = line === prefix.trimEnd() || line.startsWith(prefix)
  if (!isPrompt || !cursor.visible) {
    return {state: 'unknown', evidence: [], text: `the cursor is not at a prompt of ${name}`}
  }
  const state = line.slice(prefix.length).trim() === '' && cursor.column === prefix.length ? 'idle' : 'draft'
  return {state, evidence: [{source: 'screen', state, value: line, at}]}
}
