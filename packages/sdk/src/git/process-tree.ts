import {readdirSync, readFileSync} from 'node:fs'
import {isSystemError} from '../files/index.js'

/** A process of a tree. Pid and start time together identify it. */
export interface TreeProcess {
  pid: number
  parent: number
  /** Start time in ticks since boot. */
  start: string
  /** CPU time in ticks, its own and that of the children it has waited for. */
  cpuTicks: number
}

/** A process and its living descendants; empty on systems without `/proc`. */
export function processTree(root: number): TreeProcess[] {
  const children = Map.groupBy(allProcesses(), ({parent}) => parent)
  const tree = [readProcess(root)].filter((found) => found !== undefined)
  for (const {pid} of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** Kills a process unless it has ended meanwhile. */
export function killIfSame({pid, start}: TreeProcess): void {
  if (readProcess(pid)?.start !== start) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
}

function allProcesses(): TreeProcess[] {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return pids.map((pid) => readProcess(Number(pid))).filter((found) => found !== undefined)
  } catch (error) {
    if (isSystemError(error)) return []
    throw error
  }
}

/** Undefined for a process that has ended. */
function readProcess(pid: number): TreeProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in parentheses, which may contain blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const cpuTicks = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0)
    return {pid, parent: Number(fields[1]), start: fields[19] ?? '', cpuTicks}
  } catch (error) {
    if (isSystemError(error)) return undefined
    throw error
  }
}
