import {join} from 'node:path'
import {readForeignFile, reasonOf} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'

const format = v.pipe(
  v.objectOf({
    timestamp: v.timeText,
    /** Such as working, idle, exiting or stuck; empty when absent. */
    state: v.fallback(v.text, ''),
    context: v.fallback(v.text, ''),
  }),
  v.transform(({timestamp, ...rest}) => ({at: Date.parse(timestamp), ...rest})),
)

/** A worker's own status report. `at` is in milliseconds since the epoch. */
export type Heartbeat = v.InferOutput<typeof format>

export type HeartbeatRead = {heartbeat?: Heartbeat; unreadable?: string}

const heartbeatFile = (townRoot: string, session: string) =>
  join(townRoot, '.runtime', 'heartbeats', `${session}.json`)

/** The last heartbeat of a session's agent. One that is older than `bornAt` belongs to an earlier life. */
export async function readHeartbeat(
  townRoot: string,
  session: string,
  bornAt: number,
): Promise<HeartbeatRead> {
  try {
    const heartbeat = readForeignFile(heartbeatFile(townRoot, session), format)
    return heartbeat && heartbeat.at >= bornAt ? {heartbeat} : {}
  } catch (error) {
    return {unreadable: reasonOf(error)}
  }
}
