import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Killer, KillTarget, SessionBackend, SessionSpec} from '@gtown/sdk'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../../process/src/index.js'
import {createTmuxBackend} from '../../src/backend.js'

export interface World extends Sandbox {
  backend: Required<SessionBackend>
  /** The kill targets that the backend passed. */
  killed: KillTarget[]
}

/** A sandbox with a backend in it. `env` is added to the sandbox's own. */
export function world(env: Record<string, string> = {}, box: Sandbox = sandbox()): World {
  const {killer, killed} = rootKiller()
  return {...box, killed, backend: createTmuxBackend({killer, env: {...box.env, ...env}})}
}

/** A session that sleeps until it is ended. */
export function quiet(name: string, more: Partial<SessionSpec> = {}): SessionSpec {
  return {name, cwd: '/', command: ['/bin/sleep', '600'], env: {}, unsetEnv: [], labels: {}, ...more}
}

/** How tmux reports a process that was killed by a signal: 3.2 does not. */
export function exitBy(signal: string, {tmux}: Sandbox): {signal?: string} {
  return tmux('-V').startsWith('tmux 3.2') ? {} : {signal}
}

/** A program of test/fixtures with its arguments. */
export function fixture(name: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, join(import.meta.dirname, '../fixtures', name), ...args]
}

/** The report of `dump.mjs`. */
export async function dumped(
  file: string,
): Promise<{args: string[]; env: Record<string, string>; cwd: string; pid: number}> {
  return JSON.parse(await until(`${file} to be written`, () => readIfThere(file)))
}

export function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}

/** Puts a script called tmux before the real one, and returns the PATH with it. `$TMUX_REAL` runs the real one. */
export function fakeTmux(box: Sandbox, script: string): string {
  const folder = join(box.dir, 'fake')
  const file = join(folder, 'tmux')
  mkdirSync(folder)
  writeFileSync(file, `#!/bin/sh\nPATH='${box.env.PATH}'\n${script}\n`)
  chmodSync(file, 0o755)
  return `${folder}:${box.env.PATH}`
}

/** Contains like the real killer, and kills the root processes at once. The real one has its own tests. */
function rootKiller(): {killer: Killer; killed: KillTarget[]} {
  const killed: KillTarget[] = []
  const end = async (target: KillTarget) => {
    killed.push(target)
    for (const pid of target.roots.filter(isAlive)) kill(pid)
    await until('the processes to end', () => !target.roots.some(isAlive))
    return []
  }
  return {killer: {...killer, end}, killed}
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // A concurrent stop of the same session was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** True while the process runs; false for a zombie. */
export function isAlive(pid: number): boolean {
  const state = / \(.*\) (\w)/s.exec(readIfThere(`/proc/${pid}/stat`))?.[1]
  return state !== undefined && state !== 'Z'
}
