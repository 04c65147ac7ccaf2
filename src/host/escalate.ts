import type {Escalated, RigIncident, RigRef} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {notifyIncident} from '../patrol/act/notify-incident.js'
import {readPatrolSettings} from '../patrol/settings/settings.js'
import {patrolServices} from './patrol.js'

/** Notifies everyone that the rig's settings name about an incident. */
export async function escalate(config: Config, ref: RigRef, incident: RigIncident): Promise<Escalated> {
  const [services, {escalation}] = await Promise.all([patrolServices(config), readPatrolSettings(ref.rig)])
  const {teller, ...of} = incident
  const notice = {...of, rig: ref.rig.name, evidence: [], at: new Date().toISOString()}
  const {is, detail} = await notifyIncident({services, ref, escalation, name: teller}, notice)
  return {told: is === 'done', ...(detail !== undefined && {detail})}
}
