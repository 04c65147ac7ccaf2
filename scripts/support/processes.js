import {readdirSync, readFileSync} from 'node:fs'

/**
 * The processes that started with this environment variable, without this process. Empty if there is no /proc.
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

/** Empty if the process has ended since it was listed, or belongs to someone else. */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(error.code)) return ''
    throw error
  }
}

/** Kills a process. Does nothing if it has ended already. */
export function end(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
