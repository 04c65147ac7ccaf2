import {spawnSync} from 'node:child_process'
import type {ProcessIdentity} from '@gtown/sdk'
import {
  checkComplete,
  type ProcessEntry,
  type Processes,
  processesUnreadable,
  type Scan,
  signalProcess,
} from './processes.js'

// "Mon Nov  3 10:20:30 2025": the start time in the C locale.
const LINE = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\w+ \w+ +\d+ [\d:]+ \d+)(?:\s|$)/

const COLUMNS = 'pid=,ppid=,pgid=,stat=,tty=,lstart='

/**
 * Processes as `ps` shows them, for systems without `/proc`. Environments are hidden there, so no process has a
 * marker: only the tree, the process group and the terminal show which session a process belongs to.
 */
export const psProcesses: Processes = {
  self: process.pid,
  scan,
  parentOf: (pid) => parsePs(listingOf([pid])).get(pid)?.parent || undefined,
  startTimes,
  signal,
  commandOf: (pid) => runPs(['-p', String(pid), '-o', 'command=']).text.trim(),
}

function scan(): Scan {
  const {text, pid} = runPs(['-axo', COLUMNS])
  const processes = parsePs(text)
  // The listing includes the ps that made it.
  processes.delete(pid)
  checkComplete(processes, 'ps')
  return {processes, openTerminals: () => []}
}

/** Parses lines of pid, parent, group, state, terminal and start time. Zombies are left out. */
export function parsePs(text: string): Map<number, ProcessEntry> {
  const processes = new Map<number, ProcessEntry>()
  for (const line of text.split('\n')) {
    const [, pid, parent, group, state = '', terminal = '', start = ''] = LINE.exec(line) ?? []
    if (!pid || state.startsWith('Z')) continue
    processes.set(Number(pid), {
      pid: Number(pid),
      parent: Number(parent),
      session: Number(group),
      terminal: /^[?-]/.test(terminal) ? undefined : terminal,
      start,
      marker: undefined,
      stopped: /^[Tt]/.test(state),
      isTmuxServer: false,
    })
  }
  return processes
}

function startTimes(pids: readonly number[]): Map<number, string> {
  if (pids.length === 0) return new Map()
  return new Map(Array.from(parsePs(listingOf(pids)), ([pid, {start}]) => [pid, start]))
}

function listingOf(pids: readonly number[]): string {
  return runPs(['-p', pids.join(','), '-o', COLUMNS]).text
}

function signal(identities: readonly ProcessIdentity[], name: NodeJS.Signals): void {
  const current = startTimes(identities.map(({pid}) => pid))
  for (const {pid, start} of identities) {
    if (current.get(pid) === start) signalProcess(pid, name)
  }
}

function runPs(args: string[]): {text: string; pid: number} {
  // A fixed locale and time zone: otherwise one process could show two start times.
  const env = {PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC'}
  const {stdout, pid, error} = spawnSync('ps', args, {env, encoding: 'utf8', maxBuffer: 2 ** 26})
  if (error) throw processesUnreadable(error.message)
  return {text: stdout, pid}
}
