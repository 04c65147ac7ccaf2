import type {Rig, RigPatrol} from '@gtown/sdk'
import type {BeadsRead} from '../beads/reader.js'
import {readStanding} from './observe/standing.js'
import {readReport} from './report/report.js'
import {readPatrolSettings} from './settings/settings.js'

/** What the rig's patrol has left, for whoever watches over it. Rejects when the rig's settings cannot be used. */
export async function readRigPatrol(rig: Rig, beads: BeadsRead): Promise<RigPatrol> {
  const [standing, {thresholds}, report] = await Promise.all([
    readStanding(rig, beads),
    readPatrolSettings(rig),
    readReport(rig.path),
  ])
  return {
    standing: standing.value,
    ...(standing.detail && {reason: standing.detail}),
    intervalMs: thresholds.values.interval,
    ...(report && {lastCycle: {at: report.at, tookMs: report.tookMs}}),
  }
}
