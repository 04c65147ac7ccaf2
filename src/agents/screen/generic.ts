import type {AgentDetector, AgentObservation, AgentReading} from '@gtown/sdk'
import {findAsk} from './asks.js'
import {deathOf, shellOf} from './process.js'

/** For a program whose screen is not known: it says what holds for any program, and never that it is idle. */
export function genericDetector(name: string): AgentDetector {
  return {name, read: (observation) => read(name, observation)}
}

function read(name: string, observation: AgentObservation): AgentReading {
  const {own, terminal} = observation
  const process = deathOf(observation) ?? shellOf(terminal)
  if (process) return {state: process.state, evidence: [process]}
  const kept = own ? [own] : []
  const ask = findAsk(terminal, [])
  if (!ask) return {state: 'unknown', evidence: kept, text: `how ${name} shows what it does is not known`}
  const {state, line, text, choices} = ask
  const seen = {source: 'screen', state, value: line, at: terminal.at} as const
  return {state, evidence: [...kept, seen], text, ...(choices.length > 0 && {choices})}
}
