import {readlinkSync} from 'node:fs'
import {parseStat} from './proc-stat.js'
import {readProc, whileVisible} from './read-proc.js'
import {processes} from './system.js'

/**
 * The markers beginning with this prefix whose sessions have lost the tmux server that they ran on: it was killed,
 * and what ignores a hang-up lives on under nobody. A session whose server lives is never named, whichever server
 * that is. Empty where the system hides environments.
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
 * Asked after the process was seen, since it was one before it started that process: a scan may have read the server's
 * entry when it was none yet.
 */
function isTmuxServer(pid: number): boolean {
  const text = readProc(`/proc/${pid}/stat`)
  const stat = text === undefined ? undefined : parseStat(text)
  return stat !== undefined && stat.state !== 'gone' && stat.isTmuxServer
}

/** In a container the same number is another process, and a server that we do not see may live. */
function sharesOurPids(pid: number): boolean {
  const namespace = (name: string) => whileVisible(() => readlinkSync(`/proc/${name}/ns/pid`))
  return namespace(String(pid)) === namespace('self')
}

/** The tmux server that a process was born under: the second part of its `TMUX`. */
function serverOf(pid: number): number | undefined {
  const variables = (readProc(`/proc/${pid}/environ`) ?? '').split('\0')
  const server = Number(variables.find((variable) => variable.startsWith('TMUX='))?.split(',')[1])
  return Number.isInteger(server) && server > 1 ? server : undefined
}
