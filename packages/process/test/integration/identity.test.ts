import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {identify, isAlive} from '../../src/index.js'
import {linuxProcesses} from '../../src/scan-linux.js'
import {psProcesses} from '../../src/scan-ps.js'
import {newCanary, stateOf} from '../support/canary.js'
import {fixture} from '../support/sessions.js'

function startIdle(): {pid: number; end(): Promise<void>} {
  const child = spawn(fixture('idle.pl'), [newCanary()])
  return {
    pid: child.pid ?? 0,
    end: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

test('identify_living process: its identity, which ends with it', async () => {
  const idle = startIdle()
  const identity = await identify(idle.pid)
  if (!identity) throw new Error('the process is not found')

  expect(identity.pid).toBe(idle.pid)
  expect(await identify(idle.pid)).toEqual(identity)
  expect(await isAlive(identity)).toBe(true)

  await idle.end()
  expect(await isAlive(identity)).toBe(false)
  expect(await identify(idle.pid)).toBeUndefined()
})

test('isAlive_same pid with another start time: false', async () => {
  const idle = startIdle()

  expect(await isAlive({pid: idle.pid, start: '1'})).toBe(false)
})

test('identify_zombie: undefined', async () => {
  const canary = newCanary()
  const script = 'use POSIX; $| = 1; my $child = fork; exit if !$child; print "$child\\n"; sleep 60'
  const parent = spawn('perl', ['-e', script, canary])
  const [output] = await once(parent.stdout, 'data')
  const zombie = Number(output)
  await until('the zombie', () => stateOf(zombie) === 'Z')

  expect(await identify(zombie)).toBeUndefined()
})

test('startTimes_from ps: of those that live', async () => {
  const idle = startIdle()
  const scanned = psProcesses.scan().processes.get(idle.pid)

  expect(psProcesses.startTimes([idle.pid, 2 ** 22 + 1])).toEqual(new Map([[idle.pid, scanned?.start]]))
})

test.for([
  ['/proc', linuxProcesses],
  ['ps', psProcesses],
] as const)('signal_with %s, another start time: not sent', async ([, processes]) => {
  const idle = startIdle()
  const start = processes.startTimes([idle.pid]).get(idle.pid) ?? ''

  processes.signal([{pid: idle.pid, start: `${start}1`}], 'SIGKILL')
  // What was killed could not be stopped.
  processes.signal([{pid: idle.pid, start}], 'SIGSTOP')
  await until('the process to be stopped', () => stateOf(idle.pid) === 'T')
})
