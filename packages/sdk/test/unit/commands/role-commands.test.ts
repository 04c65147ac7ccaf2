import {expect, test} from 'vitest'
import {startCommand} from '../../../src/commands/start-command.js'
import {statusCommand} from '../../../src/commands/status-command.js'
import {stopCommand} from '../../../src/commands/stop-command.js'
import {GtError} from '../../../src/errors.js'
import type {Host} from '../../../src/host.js'
import type {RigRef, RoleDefinition} from '../../../src/role.js'
import type {RoleStatus} from '../../../src/role-status.js'
import {runCommand} from '../../support/run-command.js'

const role = {name: 'witness', scope: 'rig'} as RoleDefinition
const shown = (_: unknown, result: object) => ({text: 'shown', json: {...result}})
const view = {
  starting: () => 'Starting...',
  started: shown,
  stopped: shown,
  status: shown,
  startFailed: 'could not start',
} as never

const ref = (name = '') => ({rig: {name}}) as RigRef

/** A host with the rigs alpha and beta, that notes what it is told to do; nothing of beta can be told. */
function host() {
  const calls: string[] = []
  const noAnswer = new GtError('no answer', {code: 'BACKEND_UNAVAILABLE', liveness: 'unknown'})
  const done = async (what: string, {rig}: RigRef, options: object) => {
    calls.push(`${what} ${rig.name} ${JSON.stringify(options)}`)
    if (rig.name === 'beta') throw noAnswer
    return {outcome: what, sessionName: 'x', session: {}}
  }
  const can = {
    find: async (name?: string) => ref(name),
    rigs: async () => ['alpha', 'beta'].map(ref),
    sessions: {
      start: async (_: unknown, of: RigRef, {signal: __, ...options}: {signal: unknown}) =>
        done('started', of, options),
      stop: async (_: unknown, of: RigRef, options: object) => done('stopped', of, options),
      fleetStatus: async () => [
        {ref: ref('alpha'), status: {liveness: 'alive'} as RoleStatus},
        {ref: ref('beta'), error: noAnswer},
      ],
    },
  } as unknown as Partial<Host>
  return {calls, can}
}

const [Start, Stop, Status] = [startCommand(role, view), stopCommand(role, view), statusCommand(role, view)]

test.each([
  ['start', Start, [], 'accepts 1 arg(s), received 0'],
  ['stop', Stop, [], 'accepts 1 arg(s), received 0'],
  ['start', Start, ['alpha', '--all'], 'a rig and --all cannot be given together'],
  ['stop', Stop, ['alpha', '--all'], 'a rig and --all cannot be given together'],
  ['status', Status, ['alpha', '--all'], 'a rig and --all cannot be given together'],
  ['start', Start, ['alpha', '--env', 'canary'], "--env takes KEY=VALUE: entry 1 has no '='"],
  ['start', Start, ['alpha', '--timeout', '25h'], 'is not a duration'],
  ['status', Status, ['--watch', '--interval', '99ms'], 'the shortest interval is 100ms'],
  ['status', Status, ['--interval', '5s'], 'watch'],
])('%s with %3$j is wrong usage, and does nothing', async (_, command, argv, message) => {
  const {calls, can} = host()
  const {error} = await runCommand(command as never, argv, can)
  expect(error).toMatchObject({code: 'USAGE', exitCode: 2, message: expect.stringContaining(message)})
  expect(String(error)).not.toContain('canary')
  expect(calls).toEqual([])
})

test('--all: each is done, what failed is named, and the exit code is 1', async () => {
  const {calls, can} = host()
  const {stdout, exitCode} = await runCommand(Stop as never, ['--all', '--force'], can)
  expect(calls).toEqual(['stopped alpha {"graceMs":0}', 'stopped beta {"graceMs":0}'])
  expect(stdout).toContain('1 stopped, 1 failed')
  expect(exitCode).toBe(1)
})

test('A start hands on what its flags say', async () => {
  const {calls, can} = host()
  const argv = ['alpha', '--no-accept-dialogs', '--env', 'A=b', '--timeout', '2m']
  const {exitCode} = await runCommand(Start as never, argv, can)
  expect(calls).toEqual(['started alpha {"acceptDialogs":false,"env":{"A":"b"},"timeoutMs":120000}'])
  expect(exitCode).toBeUndefined()
})

test('A start that fails says so, and that it is unknown', async () => {
  const {error} = await runCommand(Start as never, ['beta'], host().can)
  expect(error).toMatchObject({message: 'could not start: no answer', liveness: 'unknown'})
})

test('A status of all in which one cannot be told ends with 1, and that one is unknown', async () => {
  const {stdout, exitCode} = await runCommand(Status as never, [], host().can)
  expect(stdout).toMatch(/^alpha +running/m)
  expect(stdout).toMatch(/^beta +unknown: no answer$/m)
  expect(exitCode).toBe(1)
})
