// The processes of this run: all that share its network, which no process that it starts can leave unseen.
import {readdirSync, readFileSync, readlinkSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'

const GONE = ['ENOENT', 'ESRCH', 'EACCES', 'EPERM']

/**
 * What lives now and is not in `before`, this process left out: all that shares its network or carries the
 * variable (`NAME=value`). The key of a process is its number and start time.
 *
 * @returns {Map<string, {pid: number, session: string, command: string}>}
 */
export function processesSince(before, variable) {
  const network = readlinkSync('/proc/self/ns/net')
  const found = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const process_ = look(pid, network, variable)
    if (process_ && !before.has(process_.key)) found.set(process_.key, process_)
  }
  return found
}

function look(pid, network, variable) {
  try {
    const isOurs =
      readlinkSync(`/proc/${pid}/ns/net`) === network ||
      readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable)
    if (!isOurs || Number(pid) === process.pid) return undefined
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, , , session, ...more] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A dead process whose parent has not asked for its end runs no more.
    if (state === 'Z' || state === 'X') return undefined
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return {key: `${pid}/${more[15]}`, pid: Number(pid), session, command}
  } catch (error) {
    if (GONE.includes(error.code)) return undefined
    throw error
  }
}

/** Kills whatever lives that is not in `before`, until nothing does. */
export async function killSince(before, variable) {
  for (;;) {
    const left = processesSince(before, variable)
    if (left.size === 0) return
    for (const {pid} of left.values()) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch (error) {
        if (error.code !== 'ESRCH') throw error
      }
    }
    await sleep(50)
  }
}
