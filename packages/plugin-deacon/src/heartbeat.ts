import {join} from 'node:path'
import type {Town} from '@gtown/sdk'
import {withFileLock, writeStateFile} from '@gtown/sdk/files'
import {readState} from './state-folder.js'

/** The last sign of life that a deacon gave, with the keys of its file. */
export interface Heartbeat {
  /** ISO 8601. */
  timestamp: string
  /** How many it gave since the town began. */
  cycle: number
  last_action: string
  healthy_agents: number
  unhealthy_agents: number
}

/** The file of the heartbeat. Other programs read it to tell whether the deacon is at work. */
const heartbeatFile = ({root}: Town) => join(root, 'deacon', 'heartbeat.json')

const STALE_MS = 5 * 60_000
const VERY_STALE_MS = 20 * 60_000

export type Freshness = 'fresh' | 'stale' | 'very stale'

/** How much a heartbeat of this age, in milliseconds, still says. */
export function freshness(ageMs: number): Freshness {
  if (ageMs < STALE_MS) return 'fresh'
  return ageMs < VERY_STALE_MS ? 'stale' : 'very stale'
}

/** The last heartbeat; undefined when there is none. */
export function readHeartbeat(town: Town, warn: (message: string) => void): Promise<Heartbeat | undefined> {
  return readState(heartbeatFile(town), parseHeartbeat, warn)
}

/** Gives a sign of life now, in a new cycle: what is done in it, and how many agents are well and unwell. */
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

function parseHeartbeat(value: unknown): Heartbeat | undefined {
  const {timestamp, cycle, last_action = '', ...counts} = (value ?? {}) as Partial<Heartbeat>
  if (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp))) return undefined
  if (!Number.isSafeInteger(cycle)) return undefined
  return {
    timestamp,
    cycle: cycle as number,
    last_action: String(last_action),
    healthy_agents: Number(counts.healthy_agents ?? 0),
    unhealthy_agents: Number(counts.unhealthy_agents ?? 0),
  }
}
