import {readdirSync} from 'node:fs'
import {parseStat} from './proc-stat.js'
import {readProc} from './read-proc.js'

/** CPU time and size of a process tree. */
export interface TreeUsage {
  /** Clock ticks, including those of children that have ended. */
  ticks: number
  /** Number of living processes in the tree. */
  processes: number
  /** The program's name of the root process. */
  program: string
}

interface Entry {
  parent: number
  ticks: number
  program: string
}

/**
 * The usage so far of these processes with their descendants, from one scan of /proc. Roots that have ended are left
 * out. Undefined on a system without /proc.
 */
export function treeUsage(roots: readonly number[]): ReadonlyMap<number, TreeUsage> | undefined {
  if (process.platform !== 'linux') return undefined
  const entries = readEntries()
  const children = Map.groupBy(entries.keys(), (pid) => entries.get(pid)?.parent)
  const usage = new Map<number, TreeUsage>()
  for (const root of roots) {
    const entry = entries.get(root)
    if (!entry) continue
    const tree = new Set([root])
    // Iterating over a set also visits the elements added meanwhile.
    for (const pid of tree) for (const child of children.get(pid) ?? []) tree.add(child)
    const ticks = [...tree].reduce((sum, pid) => sum + (entries.get(pid)?.ticks ?? 0), 0)
    usage.set(root, {ticks, processes: tree.size, program: entry.program})
  }
  return usage
}

function readEntries(): Map<number, Entry> {
  const entries = new Map<number, Entry>()
  for (const pid of listPids()) {
    const text = readProc(`/proc/${pid}/stat`)
    if (text === undefined) continue
    const {state, parent} = parseStat(text)
    if (state !== 'gone') entries.set(pid, {parent, ticks: ticksOf(text), program: programOf(text)})
  }
  return entries
}

const listPids = () => readdirSync('/proc').map(Number).filter(Number.isInteger)

const programOf = (text: string) => text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))

/** Fields 14 to 17 of proc(5): user and kernel time, of the process and of the children it has reaped. */
function ticksOf(text: string): number {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
}
