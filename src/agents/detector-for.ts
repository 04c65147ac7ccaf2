import type {AgentDetector} from '@gtown/sdk'
import {knownAgent} from './known/index.js'
import {detectorFrom} from './screen/detector.js'
import {genericDetector} from './screen/generic.js'

/** The detector for a kind of agent, such as `claude`. For any other program it never reports `idle`. */
export async function detectorFor(kind: string): Promise<AgentDetector> {
  const screens = (await knownAgent(kind))?.screens
  return screens ? detectorFrom(kind, screens) : genericDetector(kind)
}
