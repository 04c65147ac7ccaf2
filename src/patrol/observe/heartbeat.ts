import {join} from 'node:path'
import {readForeignFile, reasonOf} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'

const format = v.pipe(
  v.objectOf({
    timestamp: v.timeText,
    /** Such as working, idle, exiting or stuck; empty where it does not say. */
    state: v.fallback(v.text, ''),
    context: v.fallback(v.text, ''),
  }),
  v.transform(({timestamp, ...said}) => ({at: Date.parse(timestamp), ...said})),
)

/** What a worker says of itself, and when, in milliseconds since the epoch. */
export type Heartbeat = v.InferOutput<typeof format>

export type HeartbeatRead = {heartbeat?: Heartbeat; unreadable?: string}

const heartbeatFile = (townRoot: string, session: string) =>
  join(townRoot, '.runtime', 'heartbeats', `${session}.json`)

/** The last sign of life of a session's agent. One that is older than this life tells of another. */
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
