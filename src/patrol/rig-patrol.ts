import type {Rig, RigPatrol} from '@gtown/sdk'
import type {BeadsRead} from '../beads/reader.js'
import {readStanding} from './observe/standing.js'
import {readReport} from './report/report.js'
import {readPatrolSettings} from './settings/settings.js'

/** The rig's patrol as its supervisor sees it: standing, interval, last cycle. Rejects when the settings are invalid. */
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
    keepRemovedDays: thresholds.values.keepRemovedDays,
    ...(report && {lastCycle: {at: report.at, tookMs: report.tookMs}}),
  }
}
