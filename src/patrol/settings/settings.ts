import type {Rig} from '@gtown/sdk'
import {type Escalation, readEscalation} from './escalation.js'
import {type ResolvedThresholds, resolveThresholds} from './thresholds.js'

export interface PatrolSettings {
  thresholds: ResolvedThresholds
  escalation: Escalation | undefined
}

/** The patrol's settings from rig and town. Rejects for an invalid setting, naming file and key. */
export async function readPatrolSettings(rig: Rig): Promise<PatrolSettings> {
  const settings = await rig.agentSettings()
  const layers = settings.map(({file, patrol}) => ({file, settings: patrol})).reverse()
  return {thresholds: resolveThresholds(layers), escalation: readEscalation(settings)}
}
