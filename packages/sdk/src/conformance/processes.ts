import {readdirSync, readFileSync} from 'node:fs'

/** True while the process runs. One that has ended and that its parent has not noticed yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ESRCH') return false
    if (code !== 'EPERM') throw error
  }
  if (process.platform !== 'linux') return true
  const state = / \(.*\) (\w)/s.exec(readProcess(`${pid}/stat`))?.[1]
  return state !== undefined && state !== 'Z'
}

/**
 * The pids of the processes whose argument list contains the text. Needs Linux. Looks at the newest first, and lets
 * nothing else of this process run meanwhile: a process that has just been started may end within milliseconds.
 */
export function processesWithArgument(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .sort((a, b) => b - a)
    .filter((pid) => readProcess(`${pid}/cmdline`).includes(text))
}

/** Empty where the process has ended, or is hidden. */
function readProcess(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}
