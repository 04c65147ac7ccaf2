import {readdirSync, readFileSync} from 'node:fs'
import type {Sandbox} from '../../../../test/support/sandbox.js'

/** The pids of all processes that run in the sandbox: its home is in their environment. */
export function processesOf(box: Sandbox): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.filter((pid) => readProc(pid, 'environ').includes(`HOME=${box.env.HOME}`)).map(Number)
}

/** Empty for a process that is gone; of one that has ended and was not reaped, the environment is empty, too. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return ''
    throw error
  }
}
