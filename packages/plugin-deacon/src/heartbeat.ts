import {join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {readStateOrWarn, withFileLock, writeStateFile} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'

const format = v.objectOf({
  /** ISO 8601. */
  timestamp: v.timeText,
  /** Number of heartbeats since the town was created. */
  cycle: v.wholeNumber,
  last_action: v.fallback(v.text, ''),
  healthy_agents: v.fallback(v.number, 0),
  unhealthy_agents: v.fallback(v.number, 0),
})

/** A deacon's last heartbeat, with the keys of its file. */
export type Heartbeat = v.InferOutput<typeof format>

/** Path of the heartbeat file. Other programs read it to see whether the deacon works. */
const heartbeatFile = ({root}: Town) => join(root, 'deacon', 'heartbeat.json')

const STALE_MS = 5 * 60_000
const VERY_STALE_MS = 20 * 60_000

export type Freshness = 'fresh' | 'stale' | 'very stale'

/** The freshness of a heartbeat of this age in milliseconds. */
export function freshness(ageMs: number): Freshness {
  if (ageMs < STALE_MS) return 'fresh'
  return ageMs < VERY_STALE_MS ? 'stale' : 'very stale'
}

/** The last heartbeat; undefined when there is none. An unusable file is set aside with a warning. */
export function readHeartbeat(town: Town, warn: (message: string) => void): Promise<Heartbeat | undefined> {
  return readStateOrWarn(heartbeatFile(town), format, warn)
}

/** Writes a heartbeat with the next cycle number, the current action, and the numbers of healthy and unhealthy agents. */
export async function beat(
  town: Town,
  {action, healthy, unhealthy}: {action: string; healthy: number; unhealthy: number},
  warn: (message: string) => void,
): Promise<Heartbeat> {
  const file = heartbeatFile(town)
  return await withFileLock(file, async () => {
    const before = await readHeartbeat(town, warn)
    const heartbeat = {
      timestamp: new Date().toISOString(),
      cycle: (before?.cycle ?? 0) + 1,
      last_action: action,
      healthy_agents: healthy,
      unhealthy_agents: unhealthy,
    }
    await writeStateFile(file, heartbeat)
    return heartbeat
  })
}
