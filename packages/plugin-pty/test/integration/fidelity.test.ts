import {join} from 'node:path'
import type {SessionSpec} from '@gtown/sdk'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {dumped, fixture, quiet, type World, world} from '../support/world.js'

let count = 0

/** Starts a session with these arguments; returns those that its process received. */
async function roundTrip({dir, backend}: World, args: string[], more: Partial<SessionSpec> = {}) {
  const file = join(dir, `out${count++}`)
  const session = await backend.start(quiet('a', {command: fixture('dump.mjs', file, ...args), ...more}))
  const found = await dumped(file)
  await backend.stop(session, {graceMs: 0})
  return found
}

const text = fc.oneof(fc.string(), fc.string({unit: 'binary'})).map((value) => value.replaceAll('\0', ''))

test('start_AnyArgumentsAndEnvironment: arrive byte for byte', async () => {
  const here = world()
  const values = fc.array(text, {minLength: 20, maxLength: 20})
  await fc.assert(
    fc.asyncProperty(values, values, async (args, variables) => {
      const env = Object.fromEntries(variables.map((value, index) => [`GT_V${index}`, value]))
      const found = await roundTrip(here, args, {env})
      expect(found.args).toEqual(args)
      expect(found.env).toMatchObject(env)
    }),
    {numRuns: 8},
  )
})

test('start_EveryControlCharacterQuoteAndExpansion: arrives', async () => {
  const controls = Array.from({length: 31}, (_, n) => String.fromCharCode(n + 1))
  const args = [
    ...controls,
    '',
    '"',
    "'",
    '\\',
    '$HOME',
    '$(touch x)',
    '`x`',
    '*',
    'ü🦉',
    'e\u0301',
    '--',
    '-u',
    'A=b',
    '',
  ]
  expect((await roundTrip(world(), args)).args).toEqual(args)
})

test('start_ArgumentAndVariableOf100KB: arrive whole', async () => {
  const long = '"ü\n$(x)'.repeat(12_500)
  const found = await roundTrip(world(), [long], {env: {GT_LONG: long}})
  expect(found.args).toEqual([long])
  expect(found.env.GT_LONG).toBe(long)
})

test('start_Environment: is the backend’s, overridden by the terminal’s, then the spec’s', async () => {
  const here = world({OWN: 'backend', GONE: 'x', TMUX: '/tmp/other,1,0', GT_SESSION_ID: 'town/b/2'})
  const found = await roundTrip(here, [], {
    cwd: here.dir,
    env: {GT_SESSION_ID: here.marker, EMPTY: ''},
    unsetEnv: ['GONE', 'NEVER'],
  })
  expect(found.cwd).toBe(here.dir)
  expect(found.env).toMatchObject({
    OWN: 'backend',
    TERM: 'xterm-256color',
    PWD: here.dir,
    GT_SESSION_ID: here.marker,
    EMPTY: '',
  })
  for (const name of ['GONE', 'NEVER', 'TMUX']) expect(found.env).not.toHaveProperty(name)
})

test('start_SessionWithoutAMarker: does not inherit the marker of gt’s own session', async () => {
  const found = await roundTrip(world({GT_SESSION_ID: 'town/b/2'}), [])
  expect(found.env.GT_SESSION_ID).toBe('infra')
})

test('start_TermAndPwdOfTheSession: override the terminal’s, and can be unset', async () => {
  const here = world()
  const env = {TERM: 'dumb', PWD: '/a=b'}
  expect((await roundTrip(here, [], {env})).env).toMatchObject(env)
  const without = (await roundTrip(here, [], {unsetEnv: ['TERM', 'PWD']})).env
  expect([without.TERM, without.PWD]).toEqual([undefined, undefined])
})

test('environment_Session: is what its process was started with, even after its end', async () => {
  const here = world()
  const env = {TOKEN: 's3cret\nü', GT_SESSION_ID: here.marker}
  const session = await here.backend.start(quiet('a', {env}))
  expect(await here.backend.environment(session)).toMatchObject({...env, PWD: '/', PATH: here.env.PATH})
  process.kill(session.pid, 'SIGKILL')
  await until('it to end', async () => (await here.backend.inspect('a'))?.liveness === 'dead')
  expect(await here.backend.environment(session)).toMatchObject(env)
})
