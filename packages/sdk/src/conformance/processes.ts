import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import {hasErrno} from '../files/index.js'

const isLinux = process.platform === 'linux'

/** True while the process runs. A zombie does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (hasErrno(error, 'ESRCH')) return false
    if (!hasErrno(error, 'EPERM')) throw error
  }
  const state = isLinux
    ? / \(.*\) (\w)/s.exec(readProcess(`${pid}/stat`))?.[1]
    : askPs('stat=').find((row) => row.pid === pid)?.text[0]
  return state !== undefined && state !== 'Z'
}

/**
 * The pids of processes whose argument list contains the text. Synchronous, because a newly started process may end
 * within milliseconds. Without `/proc` it uses `ps`, which is slower.
 */
export function processesWithArgument(text: string): number[] {
  return isLinux ? inProc(text) : inPs(text)
}

/** Checks the newest processes first. */
function inProc(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .sort((a, b) => b - a)
    .filter((pid) => readProcess(`${pid}/cmdline`).includes(text))
}

/** Like `inProc`, on any system. */
export function inPs(text: string): number[] {
  return askPs('args=')
    .filter((row) => row.text.includes(text))
    .map(({pid}) => pid)
}

/** One column of every process. */
function askPs(column: string): {pid: number; text: string}[] {
  const args = ['-A', '-ww', '-o', 'pid=', '-o', column]
  const output = execFileSync('ps', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return [...output.matchAll(/^ *(\d+) (.*)$/gm)].map(([, pid, text = '']) => ({pid: Number(pid), text}))
}

/** Empty if the process has ended or is hidden. */
function readProcess(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8')
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ESRCH', 'EACCES')) return ''
    throw error
  }
}
