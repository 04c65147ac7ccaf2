import {readdirSync, readlinkSync} from 'node:fs'
import type {ProcessIdentity} from '@gtown/sdk'
import {type ProcStat, parseStat} from './proc-stat.js'
import {checkComplete, type ProcessEntry, type Processes, type Scan, signalProcess} from './processes.js'
import {readProc, whileVisible} from './read-proc.js'

// Limit for a machine on which processes appear faster than they can be read.
const MOST_LISTINGS = 5

/** Processes as `/proc` shows them. */
export const linuxProcesses: Processes = {
  self: process.pid,
  scan: () => scan(),
  parentOf: (pid) => readStat(pid)?.parent || undefined,
  startTimes,
  signal,
  commandOf,
}

/** @param list returns the pids of all processes */
export function scan(list = listPids): Scan {
  const seen = new Set<number>()
  const processes = new Map<number, ProcessEntry>()
  // A process can fork and end after it was listed and before it is read. The next listing shows its child.
  for (let listing = 1; listing <= MOST_LISTINGS; listing++) {
    const born = list().filter((pid) => !seen.has(pid))
    if (born.length === 0) break
    for (const pid of born) {
      seen.add(pid)
      const entry = readEntry(pid)
      if (entry) processes.set(pid, entry)
    }
  }
  checkComplete(processes, '/proc')
  return {processes, openTerminals}
}

function listPids(): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  // In the order of pids most parents come before their children.
  return pids.sort((a, b) => a - b)
}

function readEntry(pid: number): ProcessEntry | undefined {
  const living = readStat(pid)
  if (!living) return undefined
  const {state, ...stat} = living
  return {pid, ...stat, stopped: state === 'stopped', marker: readMarker(pid)}
}

/** Undefined when there is no such process, or only a zombie. */
function readStat(pid: number): ProcStat | undefined {
  const text = readProc(`/proc/${pid}/stat`)
  const stat = text === undefined ? undefined : parseStat(text)
  return stat?.state === 'gone' ? undefined : stat
}

/** `GT_SESSION_ID` in the environment of a process; undefined when unset, empty, or hidden from this user. */
export function readMarker(pid: number): string | undefined {
  const environment = `\0${readProc(`/proc/${pid}/environ`) ?? ''}`
  const key = '\0GT_SESSION_ID='
  const at = environment.indexOf(key)
  if (at < 0) return undefined
  const value = environment.slice(at + key.length)
  const end = value.indexOf('\0')
  return (end < 0 ? value : value.slice(0, end)) || undefined
}

function openTerminals(pid: number): string[] {
  return [0, 1, 2].map((fd) => whileVisible(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? '')
}

function startTimes(pids: readonly number[]): Map<number, string> {
  const result = new Map<number, string>()
  for (const pid of pids) {
    const stat = readStat(pid)
    if (stat) result.set(pid, stat.start)
  }
  return result
}

function signal(identities: readonly ProcessIdentity[], name: NodeJS.Signals): void {
  for (const {pid, start} of identities) {
    if (readStat(pid)?.start === start) signalProcess(pid, name)
  }
}

function commandOf(pid: number): string {
  const words = readProc(`/proc/${pid}/cmdline`)?.split('\0').join(' ').trim()
  return words || (readProc(`/proc/${pid}/comm`)?.trim() ?? '')
}
