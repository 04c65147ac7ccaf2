import {existsSync} from 'node:fs'
import {stat} from 'node:fs/promises'
import type {Session, SessionBackend} from '@gtown/sdk'
import {type ConformanceCase, type ConformanceContext, runConformance} from '@gtown/sdk/conformance'
import {expect, onTestFinished, test, vi} from 'vitest'
import {collect} from '../support/collect.js'

/** A backend that only remembers which sessions it has. */
function memory(more: Partial<SessionBackend> = {}) {
  const sessions = new Map<string, Session>()
  const backend = {
    name: 'memory',
    local: true,
    async start({name}) {
      const session = {name, id: name, incarnation: name} as Session
      sessions.set(name, session)
      return session
    },
    stop: async ({name}) => (sessions.delete(name) ? 'stopped' : 'absent'),
    inspect: async (name) => sessions.get(name),
    list: async () => [...sessions.values()],
    ...more,
  } satisfies SessionBackend
  return {backend, sessions}
}

function aCase(run: (context: ConformanceContext) => Promise<void>, more: Partial<ConformanceCase> = {}) {
  return {name: 'a case', level: 'must', run, ...more} satisfies ConformanceCase
}

test('a case that returns has passed, and one that rejects has failed with its reason', async () => {
  const good = aCase(async () => {})
  const bad = aCase(async () => Promise.reject(new Error('no good')), {name: 'another', level: 'should'})
  expect(await collect(runConformance({...memory(), cases: [good, bad]}))).toEqual([
    {name: 'a case', level: 'must', outcome: 'passed', ms: expect.any(Number)},
    {name: 'another', level: 'should', outcome: 'failed', reason: 'no good', ms: expect.any(Number)},
  ])
})

test('a case is skipped, with a word, where a method is missing that it needs', async () => {
  const needing = aCase(async () => Promise.reject(new Error('was run')), {needs: ['view']})
  const [result] = await collect(runConformance({...memory(), cases: [needing]}))
  expect(result).toMatchObject({outcome: 'skipped', reason: 'the backend has no view'})
})

test('a case may skip itself', async () => {
  const skipping = aCase(async ({skip}) => skip('not here'))
  const [result] = await collect(runConformance({...memory(), cases: [skipping]}))
  expect(result).toMatchObject({outcome: 'skipped', reason: 'not here'})
})

test.each(['passes', 'fails'])('sessions and directory are gone after a case that %s', async (ending) => {
  const {backend, sessions} = memory()
  const directories: string[] = []
  const starting = aCase(async ({spec, directory}) => {
    directories.push(directory)
    await backend.start(spec())
    if (ending === 'fails') throw new Error('no good')
  })
  await backend.start({name: 'mine', cwd: '/', command: ['/bin/true'], env: {}, unsetEnv: [], labels: {}})
  await collect(runConformance({backend, cases: [starting]}))
  expect([...sessions.keys()]).toEqual(['mine'])
  expect(directories.map(existsSync)).toEqual([false])
})

test('a session that cannot be ended makes the case fail', async () => {
  const {backend} = memory({stop: () => Promise.reject(new Error('out of order'))})
  const starting = aCase(async ({spec}) => void (await backend.start(spec())))
  const [result] = await collect(runConformance({backend, cases: [starting]}))
  expect(result).toMatchObject({
    outcome: 'failed',
    reason: 'its sessions could not be ended: out of order',
  })
})

test('a case that hangs fails at its time limit', async () => {
  const hanging = aCase(() => new Promise(() => {}))
  const [result] = await collect(runConformance({...memory(), cases: [hanging], caseTimeoutMs: 20}))
  expect(result).toMatchObject({outcome: 'failed', reason: 'it took longer than 20 ms'})
})

test('results come in the order of the cases, though several run at a time', async () => {
  const secondRan = Promise.withResolvers<void>()
  const first = aCase(() => secondRan.promise, {name: 'first'})
  const second = aCase(async () => secondRan.resolve(), {name: 'second'})
  const results = await collect(runConformance({...memory(), cases: [first, second], concurrency: 2}))
  expect(results.map(({name, outcome}) => [name, outcome])).toEqual([
    ['first', 'passed'],
    ['second', 'passed'],
  ])
})

test('no case begins after the run was aborted', async () => {
  const controller = new AbortController()
  const begun: string[] = []
  const aborting = aCase(async () => {
    begun.push('first')
    controller.abort(new Error('enough'))
  })
  const cases = [aborting, aCase(async () => void begun.push('second'))]
  const run = collect(runConformance({...memory(), cases, signal: controller.signal}))
  await expect(run).rejects.toThrow('enough')
  expect(begun).toEqual(['first'])
})

test('a backend whose sessions are not on this machine is refused', async () => {
  const run = collect(runConformance(memory({local: false})))
  await expect(run).rejects.toMatchObject({code: 'NOT_SUPPORTED'})
})

test('a case that could not even begin has failed', async () => {
  const options = {...memory(), cases: [aCase(async () => {})], directory: '/nowhere/at/all'}
  const [result] = await collect(runConformance(options))
  expect(result).toMatchObject({outcome: 'failed', reason: expect.stringContaining('/nowhere/at/all')})
})

test('a case that fails is told with its own reason, though its sessions cannot be ended either', async () => {
  const {backend} = memory({stop: () => Promise.reject(new Error('out of order'))})
  const failing = aCase(async ({spec}) => {
    await backend.start(spec())
    throw new Error('no good')
  })
  const [result] = await collect(runConformance({backend, cases: [failing]}))
  expect(result).toMatchObject({outcome: 'failed', reason: 'no good'})
})

test('a session of another name that a case has started is left alone', async () => {
  const {backend, sessions} = memory()
  const starting = aCase(async ({spec}) => void (await backend.start(spec({name: 'mine'}))))
  await collect(runConformance({backend, cases: [starting]}))
  expect([...sessions.keys()]).toEqual(['mine'])
})

test.each([1, 2])('when %i cases may run at once, so many do, and no more', async (concurrency) => {
  const full = Promise.withResolvers<void>()
  let [underWay, most] = [0, 0]
  const run = async ({directory}: ConformanceContext) => {
    most = Math.max(most, ++underWay)
    if (underWay === concurrency) full.resolve()
    await full.promise
    // One more that has begun to begin is done with it by then: it waits for the file system, too.
    for (let look = 0; look < 10; look++) await stat(directory)
    underWay--
  }
  const cases = Array.from({length: 4}, (_, index) => aCase(run, {name: `case ${index}`}))
  await collect(runConformance({...memory(), cases, concurrency}))
  expect(most).toBe(concurrency)
})

test('who leaves a run early finds none of its cases at work', async () => {
  const second = Promise.withResolvers<void>()
  let hasEnded = false
  const slow = aCase(async () => {
    await second.promise
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
    hasEnded = true
  })
  for await (const _ of runConformance({...memory(), cases: [aCase(async () => {}), slow], concurrency: 2})) {
    second.resolve()
    break
  }
  expect(hasEnded).toBe(true)
})

test('a case that waits for what never comes says what it waited for', async () => {
  // Each look at the clock finds it four seconds later.
  let clock = 0
  const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 4000))
  onTestFinished(() => now.mockRestore())
  const waiting = aCase(async ({until}) => void (await until('a miracle', () => false)))
  const [result] = await collect(runConformance({...memory(), cases: [waiting]}))
  expect(result).toMatchObject({outcome: 'failed', reason: 'waited 10000 ms for a miracle'})
})
