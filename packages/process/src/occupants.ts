import {execFileSync} from 'node:child_process'
import {readdirSync, readlinkSync} from 'node:fs'
import {INFRA_MARKER, type Occupant} from '@gtown/sdk'
import {whileVisible} from './read-proc.js'
import {readMarker} from './scan-linux.js'
import {isTmuxServer} from './strays.js'
import {processes} from './system.js'

/** lsof inspects every process of the machine, which takes time. */
const TIMEOUT_MS = 20_000

/**
 * Lists the processes whose working directory is this one or below it, as far as this user may see them. Returns
 * undefined if the system has no /proc and lsof is missing, fails or takes too long. Leaves out a tmux server that gt
 * started: it keeps the directory of its first session for life, and does nothing there.
 *
 * @param directory absolute path without links
 */
export function processesIn(directory: string): Occupant[] | undefined {
  const standing = process.platform === 'linux' ? readLinks() : askLsof()
  return standing
    ?.filter(({path}) => path === directory || path.startsWith(`${directory}/`))
    .filter(({pid}) => !isOwnTmuxServer(pid))
    .map(({pid}) => ({pid, command: processes.commandOf(pid)}))
}

/** False for a server of the user's: only gt's own have the marker. */
function isOwnTmuxServer(pid: number): boolean {
  return process.platform === 'linux' && isTmuxServer(pid) && readMarker(pid) === INFRA_MARKER
}

/** A process and its working directory. */
interface Standing {
  pid: number
  path: string
}

function readLinks(): Standing[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(Number.isInteger)
    .flatMap((pid) => {
      const path = whileVisible(() => readlinkSync(`/proc/${pid}/cwd`))
      return path === undefined ? [] : [{pid, path}]
    })
}

function askLsof(): Standing[] | undefined {
  try {
    return parseLsof(
      execFileSync('lsof', ['-w', '-d', 'cwd', '-F', 'pn'], {
        encoding: 'utf8',
        timeout: TIMEOUT_MS,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )
  } catch {
    return undefined
  }
}

/** @param text output of `lsof -F pn`: a line with `p` and the pid, then one with `n` and the path */
export function parseLsof(text: string): Standing[] {
  const found: Standing[] = []
  let pid = 0
  for (const line of text.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1))
    if (line.startsWith('n')) found.push({pid, path: line.slice(1)})
  }
  return found
}
