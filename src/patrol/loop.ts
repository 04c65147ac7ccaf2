import {runCycles} from '@gtown/sdk/watchdog'
import {appendEvents} from '../events/event-log.js'
import {openPatrol, type Patrol, runCycle} from './cycle.js'
import {withPatrolLock} from './lock.js'
import type {CycleReport} from './report/report.js'
import {readPatrolSettings} from './settings/settings.js'

export interface LoopOptions {
  /** Milliseconds between the starts of two cycles; by default the setting. */
  intervalMs: number | undefined
  /** Run only one cycle. */
  once: boolean
  /** Called after each cycle. */
  tell: (report: CycleReport) => void
  /** Ends the patrol after the current action. */
  signal: AbortSignal
}

/**
 * Patrols a rig until the signal is aborted. A failed cycle is a warning, and the next one follows. Rejects with
 * `PATROL_RUNNING` when the rig is already being patrolled.
 *
 * @returns the number of cycles
 */
export async function patrolRig(
  {services, ref}: Pick<Patrol, 'services' | 'ref'>,
  {intervalMs, once, tell, signal}: LoopOptions,
): Promise<number> {
  return await withPatrolLock(ref.rig, async () => {
    const patrol = openPatrol(services, ref)
    if (once) {
      tell(await runCycle(patrol, {dryRun: false, signal}))
      return 1
    }
    const every = intervalMs ?? (await readPatrolSettings(ref.rig)).thresholds.values.interval
    await note(patrol, 'patrol_started', {interval_ms: every})
    const cycles = await runCycles({
      cycle: (ending) => runCycle(patrol, {dryRun: false, signal: ending}),
      intervalMs: every,
      report: tell,
      warn: services.warn,
      signal,
    })
    await note(patrol, 'patrol_complete', {cycles})
    return cycles
  })
}

async function note({ref}: Patrol, type: string, payload: Record<string, unknown>): Promise<void> {
  const actor = `${ref.rig.name}/witness`
  const event = {type, actor, payload: {rig: ref.rig.name, ...payload}, visibility: 'feed'} as const
  await appendEvents(ref.town.root, [event])
}
