import type {AgentDetector, AgentObservation, AgentReading} from '@gtown/sdk'
import {findAsk} from './asks.js'
import {deathOf, shellOf} from './process.js'

/** A detector for a program without rules. It reports only what holds for any program, and never `idle`. */
export function genericDetector(name: string): AgentDetector {
  return {name, read: (observation) => read(name, observation)}
}

function read(name: string, observation: AgentObservation): AgentReading {
  const {own, terminal} = observation
  const process = deathOf(observation) ?? shellOf(terminal)
  if (process) return {state: process.state, evidence: [process]}
  const kept = own ? [own] : []
  const ask = findAsk(terminal, [])
  if (!ask) return {state: 'unknown', evidence: kept, text: `gt has no rules for the screen of ${name}`}
  const {state, line, text, choices} = ask
  const seen = {source: 'screen', state, value: line, at: terminal.at} as const
  return {state, evidence: [...kept, seen], text, ...(choices.length > 0 && {choices})}
}
