import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {ErrorCode, GtError, type Town} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {examine} from '../../../src/doctor/examine.js'
import type {Surroundings} from '../../../src/doctor/surroundings.js'
import {sandbox} from '../../support/sandbox.js'

const tmux = {
  name: 'tmux',
  priority: 100,
  available: async () => ({available: true}) as const,
  load: () => Promise.reject(new Error('not loaded here')),
}

const unusable = {
  ...tmux,
  name: 'pty',
  available: async () => ({available: false, reason: 'no library', hint: 'Install it.'}) as const,
}

/** A sound town without rigs, and nothing that has gone wrong, but for what is given. */
function surroundings(more: Partial<Surroundings> = {}): Surroundings & {town: Town} {
  const {dir, env} = sandbox()
  const town: Town = {root: dir, realRoot: dir, agentSettings: async () => []}
  return {
    town,
    versions: {node: '24.9.0', gt: '1.0.0'},
    place: {cwd: dir, env},
    findTown: async () => town,
    findRig: () => Promise.reject(new GtError('no such rig', {code: ErrorCode.rigNotFound})),
    registeredRigs: () => [],
    backends: async () => ({entries: [tmux], problems: []}),
    loadBackend: async () => {},
    otherProblems: async () => [],
    plugins: async () => ({working: [], broken: []}),
    roles: async () => ({names: ['witness'], problems: []}),
    tmuxVersion: async () => 'tmux 3.5a',
    isListening: async () => true,
    strayMarkers: async () => [],
    processState: () => 'running',
    ...more,
  }
}

async function checksOf(check: string, more: Partial<Surroundings>) {
  const checks = await examine(surroundings(more))
  return checks.filter((found) => found.check === check)
}

test.each([
  ['22.15.0', 'ok'],
  ['24.0.0', 'ok'],
  ['22.14.9', 'fail'],
  ['20.20.2', 'fail'],
])('CheckVersions_Node %s: %s', async (node, status) => {
  expect(await checksOf('node', {versions: {node, gt: '1.0.0'}})).toEqual([expect.objectContaining({status})])
})

test('the executable needs no Node', async () => {
  const versions = {node: '18.0.0', gt: '1.0.0', bun: '1.4.5'}
  expect(await checksOf('node', {versions})).toEqual([expect.objectContaining({status: 'ok'})])
})

test.each([
  ['tmux 3.2', 'ok'],
  ['tmux next-3.6', 'ok'],
  ['tmux master', 'ok'],
  ['tmux 3.1c', 'fail'],
  [undefined, 'warn'],
])('CheckTmux_Version %s: %s', async (version, status) => {
  const [check] = await checksOf('tmux', {tmuxVersion: async () => version})
  expect(check).toMatchObject({status})
  expect(check?.cure === null).toBe(status === 'ok')
})

test('CheckBackends_GtBackendNamesAnUnusableOne: fails, and names those that can be used', async () => {
  const {place} = surroundings()
  const checks = await checksOf('backend', {
    backends: async () => ({entries: [tmux, unusable], problems: []}),
    place: {...place, env: {...place.env, GT_BACKEND: 'pty'}},
  })
  expect(checks).toEqual([
    {check: 'backend', status: 'ok', message: 'tmux can be used', cure: null},
    {check: 'backend', status: 'warn', message: 'pty cannot be used: no library', cure: 'Install it.'},
    {
      check: 'backend',
      status: 'fail',
      message: 'pty is chosen by GT_BACKEND, and cannot be used',
      cure: 'Name one of: tmux.',
    },
  ])
})

test('CheckBackends_OneThrows: the others are still looked at', async () => {
  const broken = {...tmux, name: 'broken', available: () => Promise.reject(new Error('no disk'))}
  const checks = await checksOf('backend', {backends: async () => ({entries: [broken, tmux], problems: []})})
  expect(checks.map(({status, message}) => `${status} ${message}`)).toEqual([
    'fail no disk',
    'ok tmux can be used',
    'ok tmux is chosen: nothing names one, and it is the first that can be used',
  ])
})

test('CheckBackends_NoneCanBeUsed: fails', async () => {
  const checks = await checksOf('backend', {backends: async () => ({entries: [unusable], problems: []})})
  expect(checks.at(-1)).toMatchObject({status: 'fail', message: 'no session backend can be used'})
})

test('CheckPlugins_AProblem: the cure names the plugin', async () => {
  const problem = 'plugin gt-loud failed in gt:rigs: no disk'
  const checks = await checksOf('plugin', {otherProblems: async () => [problem]})
  expect(checks.at(-1)).toMatchObject({
    status: 'fail',
    message: problem,
    cure: 'Update the plugin, or remove it with: gt plugins uninstall gt-loud',
  })
})

test('CheckSockets_NobodyListensOnAPtySocket: a warning with the number', async () => {
  const {place} = surroundings()
  for (const name of ['one.sock', 'two.sock', 'one.json']) {
    writeFileSync(join(place.env.GT_PTY_DIR ?? '', name), '')
  }
  const checks = await checksOf('socket', {place, isListening: async (path) => path.endsWith('one.sock')})
  expect(checks.at(-1)).toMatchObject({
    status: 'warn',
    message: expect.stringMatching(/^nobody listens on 1 of 2 sockets/),
  })
})

test('CheckLeftovers_ProcessesOutlivedTheirBackend: names the sessions', async () => {
  const world = surroundings()
  const {root} = world.town
  const prefixes: string[] = []
  const checks = await examine({
    ...world,
    strayMarkers: async (prefix) => {
      prefixes.push(prefix)
      return [`${root}/gt-alpha-witness/1`, `${root}/gt-alpha-witness/2`]
    },
  })
  expect(prefixes).toEqual([`${root}/`])
  expect(checks.find(({check}) => check === 'processes')).toMatchObject({
    status: 'warn',
    message: 'processes of sessions whose backend was killed live on: gt-alpha-witness',
  })
})

test('CheckLeftovers_LocksAndPostMortems: those of rigs are seen, too', async () => {
  const world = surroundings({registeredRigs: () => ['alpha']})
  const runtime = join(world.town.root, 'alpha', '.runtime')
  mkdirSync(join(runtime, 'post-mortem'), {recursive: true})
  writeFileSync(join(runtime, 'post-mortem', 'witness-1.json'), '{}')
  mkdirSync(join(runtime, 'witness.lock'))
  writeFileSync(join(runtime, 'witness.lock', '1.1.held-by-nobody-here.elsewhere'), '')
  const messages = Object.fromEntries((await examine(world)).map(({check, message}) => [check, message]))
  expect(messages['post-mortems']).toBe('1 kept')
  expect(messages.locks).toBe('held: alpha/.runtime/witness.lock/1.1.held-by-nobody-here.elsewhere')
})

test('Examine_OneCheckThrows: it fails by itself, and the others are there', async () => {
  const checks = await examine(
    surroundings({tmuxVersion: () => Promise.reject(new Error('out of memory\nstack'))}),
  )
  expect(checks.filter(({check}) => check === 'tmux')).toEqual([
    expect.objectContaining({status: 'fail', message: 'out of memory'}),
  ])
  expect(checks.some(({check}) => check === 'processes')).toBe(true)
})
