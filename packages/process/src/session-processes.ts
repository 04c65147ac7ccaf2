import type {KillTarget} from '@gtown/sdk'
import {Members} from './members.js'
import {strayMarkers} from './strays.js'
import {processes} from './system.js'

/**
 * Lists the pids of the processes that the end of a session would end: those of the session, and those of earlier
 * sessions that outlived their tmux server.
 *
 * @param target the session; undefined if there is none now
 * @param prefix beginning of the markers of all sessions of this agent
 */
export async function sessionProcesses(target: KillTarget | undefined, prefix: string): Promise<Set<number>> {
  const strays = (await strayMarkers(prefix)).map((marker): KillTarget => ({roots: [], marker}))
  const scan = processes.scan()
  const found = [...(target ? [target] : []), ...strays].flatMap((one) => new Members(one).find(scan))
  return new Set(found.map(({pid}) => pid))
}
