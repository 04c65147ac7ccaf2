import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {until} from '../../../../test/support/until.js'
import {newCanary, stateOf} from './canary.js'
import {fixture} from './sessions.js'

export interface Idle {
  pid: number
  end(): Promise<void>
}

/** Starts a program that does nothing; `env` overrides the test's variables. */
export function startIdle(env: Record<string, string> = {}): Idle {
  const child = spawn(fixture('idle.pl'), [newCanary()], {env: {...process.env, ...env}})
  return {
    pid: child.pid ?? 0,
    end: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** Makes a zombie of that name: a process that ended and is not reaped. Returns its pid. */
export async function startZombie(name = 'zombie'): Promise<number> {
  const script = `$| = 1; my $child = fork; if (!$child) {$0 = '${name}'; exit} print "$child\\n"; sleep 60`
  const parent = spawn('perl', ['-e', script, newCanary()])
  const [output] = await once(parent.stdout, 'data')
  const zombie = Number(output)
  await until('the zombie', () => stateOf(zombie) === 'Z')
  return zombie
}
