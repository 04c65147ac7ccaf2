import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {identify, isAlive} from '../../src/index.js'
import {linuxProcesses} from '../../src/scan-linux.js'
import {psProcesses} from '../../src/scan-ps.js'
import {stateOf} from '../support/canary.js'
import {startIdle, startZombie} from '../support/programs.js'

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
  expect(await identify(await startZombie())).toBeUndefined()
})

test('startTimes_from ps: only living processes', async () => {
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
  // A killed process cannot be stopped.
  processes.signal([{pid: idle.pid, start}], 'SIGSTOP')
  await until('the process to be stopped', () => stateOf(idle.pid) === 'T')
})
