import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {identify} from '../../src/index.js'
import {processState} from '../../src/state.js'
import {stateOf} from '../support/canary.js'
import {startIdle, startZombie} from '../support/programs.js'

const NOBODY = 2 ** 22 + 1

test('processState_process that runs, then is stopped: told apart', async () => {
  const idle = startIdle()
  const {start = ''} = (await identify(idle.pid)) ?? {}
  expect([processState(idle.pid), processState(idle.pid, start)]).toEqual(['running', 'running'])

  process.kill(idle.pid, 'SIGSTOP')
  await until('it to be stopped', () => stateOf(idle.pid) === 'T')
  expect([processState(idle.pid), processState(idle.pid, start)]).toEqual(['stopped', 'stopped'])
})

test('processState_later process with the same pid: the identified one has ended', () => {
  expect(processState(startIdle().pid, '1')).toBe('ended')
})

test('processState_zombie: has ended', async () => {
  expect(processState(await startZombie())).toBe('ended')
})

test('processState_unused pid: ended when its start time was known, unknown otherwise', () => {
  expect(processState(NOBODY, '1')).toBe('ended')
  expect(processState(NOBODY)).toBeUndefined()
})
