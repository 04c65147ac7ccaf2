import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, reasonOf} from '@gtown/sdk/files'

/** What a worker says of itself. */
export interface Heartbeat {
  /** Milliseconds since the epoch. */
  at: number
  /** Such as working, idle, exiting or stuck; empty where it does not say. */
  state: string
  context: string
}

export type HeartbeatRead = {heartbeat?: Heartbeat; unreadable?: string}

const heartbeatFile = (townRoot: string, session: string) =>
  join(townRoot, '.runtime', 'heartbeats', `${session}.json`)

/** The last sign of life of a session's agent. One that is older than this life tells of another. */
export async function readHeartbeat(
  townRoot: string,
  session: string,
  bornAt: number,
): Promise<HeartbeatRead> {
  const file = heartbeatFile(townRoot, session)
  try {
    const {timestamp, state = '', context = ''} = JSON.parse(await readFile(file, 'utf8'))
    const at = Date.parse(timestamp)
    if (Number.isNaN(at)) return {unreadable: `${file} tells no time`}
    return at < bornAt ? {} : {heartbeat: {at, state: String(state), context: String(context)}}
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return {}
    return {unreadable: `${file}: ${reasonOf(error)}`}
  }
}
