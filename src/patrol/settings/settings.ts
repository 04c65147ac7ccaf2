import type {Rig} from '@gtown/sdk'
import {type Escalation, readEscalation} from './escalation.js'
import {type ResolvedThresholds, resolveThresholds} from './thresholds.js'

export interface PatrolSettings {
  thresholds: ResolvedThresholds
  escalation: Escalation | undefined
}

/** What the settings of the rig and its town say about the patrol. Rejects naming the file and key of a fault. */
export async function readPatrolSettings(rig: Rig): Promise<PatrolSettings> {
  const settings = await rig.agentSettings()
  const layers = settings.map(({file, patrol}) => ({file, settings: patrol})).reverse()
  return {thresholds: resolveThresholds(layers), escalation: readEscalation(settings)}
}
