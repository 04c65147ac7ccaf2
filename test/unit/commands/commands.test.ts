// The commands of gt's own, run with a host on paper: what they ask of it, say, and end with.
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {API_VERSION, GtError, type Host} from '@gtown/sdk'
import {Config} from '@oclif/core'
import {afterEach, beforeEach, expect, onTestFinished, test, vi} from 'vitest'
import BackendConform from '../../../src/commands/backend/conform.js'
import Doctor from '../../../src/commands/doctor.js'
import NudgeDeliver from '../../../src/commands/nudge/deliver.js'
import Nudge from '../../../src/commands/nudge/index.js'
import NudgeReceipt from '../../../src/commands/nudge/receipt.js'
import Peek from '../../../src/commands/peek.js'
import WitnessLog from '../../../src/commands/witness/log.js'
import WitnessPatrol from '../../../src/commands/witness/patrol.js'
import WitnessPause from '../../../src/commands/witness/pause.js'
import WitnessResume from '../../../src/commands/witness/resume.js'
import WitnessStart from '../../../src/commands/witness/start.js'
import WitnessWhy from '../../../src/commands/witness/why.js'
import {aSession} from '../../support/refs.js'
import {sandbox} from '../../support/sandbox.js'

let written = ''

beforeEach(() => {
  written = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += text
    return true
  })
  const before = process.exitCode
  onTestFinished(() => {
    process.exitCode = before
  })
})
afterEach(() => vi.restoreAllMocks())

type Made = new (argv: string[], config: Config) => {_run(): Promise<unknown>}

/** Runs a command on such a host; what else plugins are asked, they do not answer. */
async function run(
  command: unknown,
  argv: string[],
  host: Partial<Record<keyof Host, unknown>> = {},
  offers: Record<string, unknown> = {},
) {
  const config = new Config({root: process.cwd()})
  const whole = {apiVersion: API_VERSION, ...host}
  const runHook = async (event: string) => ({
    successes: Object.entries({'gt:host': whole, ...offers})
      .filter(([name]) => name === event)
      .map(([, result]) => ({plugin: {name: 'paper', type: 'user'}, result})),
    failures: [],
  })
  Object.assign(config, {bin: 'gt', pjson: {oclif: {}}, plugins: new Map(), runHook})
  await new (command as Made)(argv, config)._run()
  return written
}

const receipt = (state: string) => ({id: '1', to: 'a/b', state, queuedAt: 0, expiresAt: 1, updatedAt: 0})

/** A host that keeps what it is asked to nudge with. */
function nudging(state = 'delivered') {
  const asked: unknown[] = []
  const send = async (...words: unknown[]) => {
    asked.push(words)
    return receipt(state)
  }
  return {asked, host: {nudges: {send, receipt: async () => receipt(state)}}}
}

test.each([
  ['delivered', 0],
  ['failed', 1],
  ['queued', 3],
  ['typing', 3],
  ['expired', 4],
])('a nudge that is %s ends with %s, and so does its receipt', async (state, code) => {
  for (const [command, argv] of [
    [Nudge, ['a/b', 'hello']],
    [NudgeReceipt, ['1']],
  ] as const) {
    process.exitCode = undefined
    await run(command, [...argv], nudging(state).host)
    expect(process.exitCode).toBe(code)
  }
})

test('a nudge waits 15 s, lives half an hour, and is not forced, unless it is asked for', async () => {
  const {asked, host} = nudging()
  await run(Nudge, ['a/b', 'hello'], host)
  await run(Nudge, ['a/b', '-m', 'hello', '--wait', '1m', '--expires', '2h', '--force'], host)
  const signal = expect.any(AbortSignal)
  expect(asked).toEqual([
    ['a/b', 'hello', {waitMs: 15_000, expiresMs: 1_800_000, force: false, signal}],
    ['a/b', 'hello', {waitMs: 60_000, expiresMs: 7_200_000, force: true, signal}],
  ])
})

test.each([
  ['none', ['a/b']],
  ['two', ['a/b', 'one', '-m', 'two']],
  ['a text and a file', ['a/b', 'one', '--file', '/etc/hosts']],
  ['a text and standard input', ['a/b', 'one', '--stdin']],
])('%s: a wrong use, and nobody is told anything', async (_, argv) => {
  const {asked, host} = nudging()
  await expect(run(Nudge, argv, host)).rejects.toMatchObject({exitCode: 2})
  expect(asked).toEqual([])
})

test('a text of a file is told as it is; a file that is not there is named', async () => {
  const {asked, host} = nudging()
  const file = join(sandbox().dir, 'text')
  writeFileSync(file, 'one\ntwo\n')
  await run(Nudge, ['a/b', '--file', file], host)
  expect(asked).toMatchObject([['a/b', 'one\ntwo\n', {}]])
  await expect(run(Nudge, ['a/b', '--file', `${file}.gone`], host)).rejects.toThrow(
    `there is no file ${file}.gone`,
  )
})

test('the dispatcher delivers what waits for its address', async () => {
  const told: string[] = []
  await run(NudgeDeliver, ['a/b'], {nudges: {deliver: async (address: string) => void told.push(address)}})
  expect(told).toEqual(['a/b'])
})

test.each([
  [[], 100],
  [['--lines', '7'], 7],
  [['8'], 8],
  [['--state'], undefined],
  [['8', '--state'], undefined],
])('gt peek a/b %j asks for %s lines', async (argv, lines) => {
  const asked: unknown[] = []
  const reading = {state: 'idle', evidence: []}
  const peek = async (...words: unknown[]) => {
    asked.push(words)
    return {address: 'a/b', backend: 'tmux', session: aSession(), reading}
  }
  await run(Peek, ['a/b', ...argv], {sessions: {peek}})
  expect(asked).toEqual([['a/b', {lines}]])
})

test.each(['0', '-1', '7x', 'x7', '1e3', '07', ''])('gt peek a/b "%s": a wrong use', async (count) => {
  const peek = () => Promise.reject(new Error('asked all the same'))
  await expect(run(Peek, ['a/b', '--', count], {sessions: {peek}})).rejects.toMatchObject({exitCode: 2})
})

/** A town with a rig alpha, and a host that finds it. */
function town() {
  const {dir, env} = sandbox()
  const path = join(dir, 'alpha')
  mkdirSync(path)
  const rig = {name: 'alpha', path, workers: async () => [], agentSettings: async () => []}
  const ref = {rig, town: {root: dir, realRoot: dir, agentSettings: async () => []}}
  const place = () => ({cwd: dir, env: {...env, BD_ACTOR: 'me'}})
  const style = async () => ({bold: (text: string) => text, dim: (text: string) => text})
  return {dir, path, host: {find: async () => ref, place, style}}
}

test('the log of a rig shows its events, and not those of a rig whose name begins alike', async () => {
  const {dir, host} = town()
  const actors = ['alpha/witness', 'beta/witness', 'alpha/nux', 'x-alpha/witness', 'alphabet/witness']
  const lines = actors.map((actor, number) =>
    JSON.stringify({ts: `t${number}`, type: 'x', actor, payload: {}}),
  )
  writeFileSync(join(dir, '.events.jsonl'), `${lines.join('\n')}\n`)
  expect(await run(WitnessLog, ['alpha'], host)).toBe('t0  x  alpha/witness\nt2  x  alpha/nux\n')
})

test.each([['99ms'], ['0s'], ['soon']])('a patrol every %s: a wrong use', async (interval) => {
  await expect(run(WitnessPatrol, ['alpha', '--interval', interval])).rejects.toMatchObject({exitCode: 2})
})

test('a patrol is paused with a reason and by whom, and resumed; without a pause that is said', async () => {
  const {host} = town()
  expect(await run(WitnessPause, ['alpha', '--reason', 'moving'], host)).toBe(
    'Patrol of alpha paused: moving\n',
  )
  written = ''
  expect(await run(WitnessPause, ['alpha', '--json'], host)).toContain('"paused_by": "me"')
  written = ''
  expect(await run(WitnessResume, ['alpha'], host)).toBe('Patrol of alpha resumed\n')
  written = ''
  expect(await run(WitnessResume, ['alpha'], host)).toBe('Patrol of alpha was not paused\n')
})

test('why, of a rig that was never patrolled, or of a worker that is not there: refused', async () => {
  const {path, host} = town()
  await expect(run(WitnessWhy, ['alpha'], host)).rejects.toMatchObject({code: 'NOT_PATROLLED'})
  const polecats = [{name: 'nux', verdict: 'healthy', row: 'R', evidence: [], actions: []}]
  const report = {
    version: 1,
    rig: 'alpha',
    cycle: 1,
    at: 't',
    tookMs: 1,
    dryRun: false,
    polecats,
    rigActions: [],
  }
  mkdirSync(join(path, '.runtime'))
  writeFileSync(join(path, '.runtime', 'witness-last-cycle.json'), JSON.stringify(report))
  expect(await run(WitnessWhy, ['alpha', 'nux'], host)).toContain('nux: healthy')
  await expect(run(WitnessWhy, ['alpha', 'toast'], host)).rejects.toMatchObject({code: 'WORKER_NOT_FOUND'})
  expect(readdirSync(path)).toEqual(['.runtime'])
})

test('a doctor that found a failure ends with 1', async () => {
  const broken = () => Promise.reject(new GtError('no town', {code: 'X', hint: 'Make one.'}))
  const {host} = town()
  const of = {...host, findTown: broken, find: broken}
  process.exitCode = undefined
  expect(await run(Doctor, [], of)).toMatch(/^FAIL {2}workspace/m)
  expect(process.exitCode).toBe(1)
})

test('a backend that does not conform ends with 1', async () => {
  const refuse = () => Promise.reject(new GtError('never', {code: 'NEVER'}))
  const backend = {name: 'paper', local: true, start: refuse, stop: refuse, inspect: refuse, list: refuse}
  const load = async () => backend
  const offer = {name: 'paper', priority: 1, available: async () => ({available: true}), load}
  process.exitCode = undefined
  expect(await run(BackendConform, ['paper'], {}, {'gt:backends': [offer]})).toContain(
    'paper does not conform',
  )
  expect(process.exitCode).toBe(1)
})

test.each([[[]], [['--agent', 'claude']]])('a witness in the foreground, %j: refused', async (more) => {
  const {host} = town()
  const started = () => Promise.reject(new Error('started all the same'))
  const argv = ['alpha', '--foreground', ...more]
  await expect(run(WitnessStart, argv, {...host, sessions: {start: started}})).rejects.toMatchObject({
    code: 'FOREGROUND_REFUSED',
  })
})
