import {readdirSync, readFileSync} from 'node:fs'

/**
 * The processes that were born with a variable of this value, this one left out. Empty where there is no /proc.
 *
 * @param {string} variable such as `NAME=value`
 * @returns {{pid: string, command: string}[]}
 */
export function processesWith(variable) {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => readOrEmpty(`/proc/${pid}/environ`).split('\0').includes(variable))
    .map((pid) => ({pid, command: readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()}))
}

/** A process may end, or belong to someone else, between the listing and the look. */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(error.code)) return ''
    throw error
  }
}

/** Ends a process at once; one that has ended meanwhile is no failure. */
export function end(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
