import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {type BackendDiagnosis, ErrorCode, GtError, type Town} from '@gtown/sdk'
import {makeStamp} from '@gtown/sdk/files'
import {expect, test} from 'vitest'
import type {Diagnostics} from '../../../src/doctor/diagnostics.js'
import {examine} from '../../../src/doctor/examine.js'
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
function diagnostics(more: Partial<Diagnostics> = {}): Diagnostics & {town: Town} {
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
    strayMarkers: async () => [],
    processState: () => 'running',
    ...more,
  }
}

async function checksOf(check: string, more: Partial<Diagnostics>) {
  const checks = await examine(diagnostics(more))
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

test('CheckBackends_GtBackendNamesAnUnusableOne: fails, and names those that can be used', async () => {
  const {place} = diagnostics()
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

const line = (check: string, status: 'ok' | 'warn' = 'ok') =>
  ({check, status, message: `the ${check}`, cure: status === 'ok' ? null : 'Mend it.'}) as const

/** A backend that says this of itself, or fails to. */
const saying = (name: string, diagnose: () => Promise<BackendDiagnosis>) => ({...tmux, name, diagnose})

test('DiagnoseBackends: what each needs comes before them, what each keeps after the agents, in their order', async () => {
  const entries = [
    saying('one', async () => ({requirements: [line('one', 'warn')], runtime: [line('one socket')]})),
    {...unusable, diagnose: async () => ({requirements: [line('two')], runtime: [line('two socket')]})},
    tmux,
    saying('empty', async () => ({})),
  ]
  const checks = await examine(diagnostics({backends: async () => ({entries, problems: []})}))
  const order = [...new Set(checks.map(({check}) => check))]
  const [plugin, agent] = [order.indexOf('plugin'), order.indexOf('agent')]
  expect(order.slice(plugin, plugin + 4)).toEqual(['plugin', 'one', 'two', 'backend'])
  expect(order.slice(agent, agent + 4)).toEqual(['agent', 'one socket', 'two socket', 'records'])
  expect(checks).toContainEqual({check: 'one', status: 'warn', message: 'the one', cure: 'Mend it.'})
})

test('DiagnoseBackends_OneSaysNothingOfItself: only whether it can be used', async () => {
  const checks = await examine(diagnostics())
  expect(checks.filter(({message}) => message.startsWith('tmux'))).toEqual([
    expect.objectContaining({check: 'backend', message: 'tmux can be used'}),
    expect.objectContaining({check: 'backend', message: expect.stringMatching(/^tmux is chosen/)}),
  ])
})

test('DiagnoseBackends_OneThrows: one line, and the others are there', async () => {
  const entries = [
    saying('broken', () => Promise.reject(new GtError('no idea\nat x.js', {code: 'X', hint: 'Update it.'}))),
    saying('sound', async () => ({runtime: [line('socket')]})),
  ]
  const checks = await examine(diagnostics({backends: async () => ({entries, problems: []})}))
  expect(checks.filter(({status}) => status !== 'ok')).toEqual([
    {check: 'backend', status: 'fail', message: 'no idea', cure: 'Update it.'},
  ])
  expect(checks).toContainEqual(line('socket'))
})

test('CheckLeftovers_ProcessesOutlivedTheirBackend: names the sessions', async () => {
  const world = diagnostics()
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
    message: 'processes of these sessions outlived their killed backend: gt-alpha-witness',
  })
})

test('CheckLeftovers_LocksAndPostMortems: those of rigs are seen, too', async () => {
  const world = diagnostics({registeredRigs: () => ['alpha']})
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
    diagnostics({plugins: () => Promise.reject(new Error('out of memory\nstack'))}),
  )
  expect(checks.filter(({check}) => check === 'plugin')).toEqual([
    expect.objectContaining({status: 'fail', message: 'out of memory'}),
  ])
  expect(checks.some(({check}) => check === 'processes')).toBe(true)
})

test('CheckBackends_OneCannotBeLoaded, or cannot be used here: the next is chosen', async () => {
  const broken = {...tmux, name: 'broken'}
  const checks = await checksOf('backend', {
    backends: async () => ({entries: [broken, unusable, tmux], problems: []}),
    loadBackend: async ({name}) => {
      if (name === 'broken') throw new GtError('no module', {code: 'X', hint: 'Update it.'})
    },
  })
  expect(checks.map(({status, message, cure}) => [status, message, cure])).toEqual([
    ['fail', 'no module', 'Update it.'],
    ['warn', 'pty cannot be used: no library', 'Install it.'],
    ['ok', 'tmux can be used', null],
    ['ok', 'tmux is chosen: nothing names one, and it is the first that can be used', null],
  ])
})

test('CheckBackends_Settings: their choice counts, GT_BACKEND goes before, and unreadable ones take nothing down', async () => {
  const {place, town} = diagnostics()
  const choice = async (more: Partial<Town>, env = {}) => {
    const of = {...town, ...more}
    const checks = await checksOf('backend', {
      findTown: async () => of,
      place: {...place, env: {...place.env, ...env}},
    })
    return checks.at(-1)?.message
  }
  const settings = [{file: 'f', agents: {}, roleAgents: {}, sessionBackend: 'pty'}]
  const named = {agentSettings: async () => settings}
  expect(await choice(named)).toBe('pty is chosen by f, and cannot be used')
  expect(await choice(named, {GT_BACKEND: 'tmux'})).toBe('tmux is chosen: GT_BACKEND names it')
  const unreadable = () => Promise.reject(new GtError('cut in half', {code: 'UNREADABLE'}))
  expect(await choice({agentSettings: unreadable})).toMatch(/^tmux is chosen: nothing names one/)
})

test('CheckPlugins_WhateverIsWrong: each fails once, with its name in the cure', async () => {
  const problem = (name: string) => `plugin ${name} failed`
  const checks = await checksOf('plugin', {
    backends: async () => ({entries: [tmux], problems: [problem('a'), problem('b')]}),
    roles: async () => ({names: [], problems: [problem('b'), problem('c')]}),
    otherProblems: async () => [problem('a'), problem('d')],
    plugins: async () => ({
      working: [
        {name: 'own', version: '1', type: 'core'},
        {name: 'mine', version: '2', type: 'link'},
      ],
      broken: [{name: 'gone', reason: 'cannot be loaded'}],
    }),
  })
  expect(checks.map(({status, message}) => `${status} ${message}`)).toEqual([
    'ok 1 that come with gt',
    'ok mine 2 (linked)',
    'fail plugin gone cannot be loaded',
    ...['a', 'b', 'c', 'd'].map((name) => `fail ${problem(name)}`),
  ])
  expect(checks.at(-1)?.cure).toContain('uninstall d')
})

const notInWorkspace = new GtError('not in a workspace', {code: ErrorCode.notInWorkspace, hint: 'Go to one.'})

test.each([
  ['is none', notInWorkspace, 'warn', 'Go to one.'],
  [
    'is not trusted',
    new GtError('not trusted', {code: 'NOT_TRUSTED', hint: 'Trust it.'}),
    'fail',
    'Trust it.',
  ],
  ['is broken', new Error('no disk'), 'fail', expect.stringContaining('DEBUG=gt*')],
])('CheckTown_It %s', async (_, error, status, cure) => {
  const checks = await checksOf('workspace', {findTown: () => Promise.reject(error)})
  expect(checks).toEqual([expect.objectContaining({status, cure})])
})

test('CheckRigs_RegistryThatCannotBeRead: fails, and no rig is looked at', async () => {
  const checks = await checksOf('registry', {
    registeredRigs: () => ['alpha'],
    findRig: () => Promise.reject(new GtError('cut in half', {code: 'REGISTRY_INVALID'})),
  })
  expect(checks).toEqual([expect.objectContaining({status: 'fail', message: 'cut in half'})])
})

test('CheckRigs_OneRigOrItsSettings: fail by themselves', async () => {
  const unreadable = () => Promise.reject(new GtError('settings of beta', {code: 'UNREADABLE'}))
  const rigs: Record<string, unknown> = {
    alpha: {path: '/town/alpha', agentSettings: async () => []},
    beta: {path: '/town/beta', agentSettings: unreadable},
  }
  const checks = await examine(
    diagnostics({
      registeredRigs: () => ['alpha', 'beta', 'ghost'],
      findRig: async (name) => {
        if (rigs[name]) return rigs[name] as never
        const code = name === 'ghost' ? 'NO_FOLDER' : ErrorCode.rigNotFound
        throw new GtError(`no ${name}`, {code})
      },
    }),
  )
  const failed = checks.filter(({status}) => status === 'fail')
  expect(failed.map(({check, message}) => `${check}: ${message}`)).toEqual([
    'settings: settings of beta',
    'rig: no ghost',
  ])
  expect(checks).toContainEqual(expect.objectContaining({check: 'rig', message: 'alpha: /town/alpha'}))
})

/** Files below the `.runtime` of a sound town. */
function leftovers(files: Record<string, unknown>, more: Partial<Diagnostics> = {}) {
  const world = diagnostics(more)
  for (const [name, content] of Object.entries(files)) {
    const file = join(world.town.root, '.runtime', name)
    mkdirSync(dirname(file), {recursive: true})
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  return async (check: string) => (await examine(world)).find((found) => found.check === check)
}

test('CheckLeftovers_Records: of an agent that has ended for certain, by pid and start time', async () => {
  const states = {1: 'ended', 2: 'running', 3: 'stopped', 4: undefined} as const
  const asked: unknown[] = []
  const check = leftovers(
    {
      ...Object.fromEntries([1, 2, 3, 4].map((pid) => [`sessions/s${pid}.json`, {pid, pidStart: `t${pid}`}])),
      'sessions/half.json': '{"pid":1',
      'sessions/none.json': 'null',
    },
    {
      processState: (pid, start) => {
        asked.push([pid, start])
        return states[pid as 1]
      },
    },
  )
  expect((await check('records'))?.message).toBe(
    'the agents of 1 sessions have ended: .runtime/sessions/s1.json',
  )
  expect(asked).toEqual(expect.arrayContaining([1, 2, 3, 4].map((pid) => [pid, `t${pid}`])))
})

test('CheckLeftovers_Nudges: those that have expired', async () => {
  const check = leftovers({
    'nudges/a/old.json': {expiresAt: 1},
    'nudges/a/new.json': {expiresAt: Date.now() + 3_600_000},
    'nudges/a/half.json': '{',
  })
  expect(await check('nudges')).toMatchObject({
    status: 'warn',
    message: expect.stringMatching(/^1 have expired.*old\.json$/),
  })
})

test('CheckLeftovers_SetAside: every kind', async () => {
  const check = leftovers({'a.broken': '', 'b.unusable': '', 'c.broken-1x': '', 'broken.json': ''})
  expect(await check('set aside')).toMatchObject({
    status: 'warn',
    message: expect.stringMatching(
      /: \.runtime\/a\.broken, \.runtime\/b\.unusable, \.runtime\/c\.broken-1x$/,
    ),
  })
})

test('CheckLeftovers_Locks: those of processes that have ended are free', async () => {
  const stamp = await makeStamp()
  const dead = stamp.replace(String(process.pid), '1999999999')
  const check = leftovers({[`a.lock/${stamp}`]: '', [`b.lock/${dead}`]: ''})
  expect((await check('locks'))?.message).toBe(
    `left by processes that have ended, and free: .runtime/b.lock/${dead}`,
  )
})
