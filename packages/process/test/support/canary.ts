import {readdirSync, readFileSync} from 'node:fs'
import {onTestFinished} from 'vitest'
import {until} from '../../../../test/support/until.js'

let count = 0

/** A word that no process but those of this test has; all that have it are killed when the test ends. */
export function newCanary(): string {
  const canary = `canary-${process.pid}-${++count}`
  onTestFinished(async () => {
    await until(`the end of ${canary}`, () => {
      for (const pid of carriers(canary)) kill(pid)
      return carriers(canary).length === 0
    })
  })
  return canary
}

/** The living processes that have this word in their arguments or their environment. */
export function carriers(word: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid)
    .filter(
      (pid) => read(`/proc/${pid}/cmdline`).includes(word) || read(`/proc/${pid}/environ`).includes(word),
    )
    .filter((pid) => stateOf(pid) !== 'Z')
}

/** The letter of a process's state; empty when there is none. */
export function stateOf(pid: number): string {
  return /\) (\w)/.exec(read(`/proc/${pid}/stat`))?.[1] ?? ''
}

/** How many threads a process has; 1 for a zombie that waits for its parent, 0 when there is none. */
export function threadsOf(pid: number): number {
  return Number(/^Threads:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
}

/** Of a process that has ended, or is another user's, nothing can be read. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return ''
    throw error
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
