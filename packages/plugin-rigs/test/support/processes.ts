import {readdirSync, readFileSync} from 'node:fs'
import type {Sandbox} from '../../../../test/support/sandbox.js'

/** The pids of all processes of the sandbox, recognised by HOME in their environment. */
export function processesOf(box: Sandbox): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.filter((pid) => readProc(pid, 'environ').includes(`HOME=${box.env.HOME}`)).map(Number)
}

/** Empty for a process that is gone, and for a zombie. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return ''
    throw error
  }
}
