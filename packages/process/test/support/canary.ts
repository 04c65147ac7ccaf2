import {readdirSync, readFileSync} from 'node:fs'
import {onTestFinished} from 'vitest'
import {until} from '../../../../test/support/until.js'

let count = 0

/** A word that only this test's processes carry. All that carry it are killed when the test ends. */
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

/** The living processes with this word in their arguments or environment. */
export function carriers(word: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid)
    .filter(
      (pid) => read(`/proc/${pid}/cmdline`).includes(word) || read(`/proc/${pid}/environ`).includes(word),
    )
    .filter((pid) => stateOf(pid) !== 'Z')
}

/** A process's state letter; empty when the process is gone. */
export function stateOf(pid: number): string {
  return /\) (\w)/.exec(read(`/proc/${pid}/stat`))?.[1] ?? ''
}

/** Number of a process's threads; 1 for a zombie, 0 when it is gone. */
export function threadsOf(pid: number): number {
  return Number(/^Threads:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
}

/** Empty for a process that has ended or belongs to another user. */
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
