import {readlinkSync} from 'node:fs'
import {parseStat} from './proc-stat.js'
import {readProc, whileVisible} from './read-proc.js'
import {processes} from './system.js'

/**
 * The markers with this prefix whose sessions outlived their tmux server: it was killed, and processes that ignore
 * SIGHUP live on as orphans. A session whose server is alive is never listed, whichever server that is. Empty where
 * the system hides environments.
 */
export async function strayMarkers(prefix: string): Promise<string[]> {
  const scan = processes.scan()
  const strays = new Set<string>()
  for (const {pid, marker} of scan.processes.values()) {
    if (!marker?.startsWith(prefix) || !sharesOurPids(pid)) continue
    const server = serverOf(pid)
    if (server !== undefined && !isTmuxServer(server)) strays.add(marker)
  }
  return [...strays]
}

/**
 * Whether a process is a tmux server, by its title now. An entry of a scan may be older, from before the server had set
 * its title.
 */
export function isTmuxServer(pid: number): boolean {
  const text = readProc(`/proc/${pid}/stat`)
  const stat = text === undefined ? undefined : parseStat(text)
  return stat !== undefined && stat.state !== 'gone' && stat.isTmuxServer
}

/** In a container the same pid is another process, and its server may be alive where we cannot see it. */
function sharesOurPids(pid: number): boolean {
  const namespace = (name: string) => whileVisible(() => readlinkSync(`/proc/${name}/ns/pid`))
  return namespace(String(pid)) === namespace('self')
}

/** The pid of the tmux server that a process was started under: the second part of its `TMUX`. */
function serverOf(pid: number): number | undefined {
  const variables = (readProc(`/proc/${pid}/environ`) ?? '').split('\0')
  const server = Number(variables.find((variable) => variable.startsWith('TMUX='))?.split(',')[1])
  return Number.isInteger(server) && server > 1 ? server : undefined
}
