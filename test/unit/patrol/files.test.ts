// The state between cycles, and what a rig's files say.
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import * as v from '@gtown/sdk/schema'
import {pause, readPause} from '@gtown/sdk/watchdog'
import {describe, expect, it} from 'vitest'
import type {BeadsRead} from '../../../src/beads/reader.js'
import {patrolState} from '../../../src/patrol/memory/memory.js'
import {
  type GateAnswers,
  gitSignal,
  quietSignal,
  restsOnSilence,
} from '../../../src/patrol/observe/costly-signals.js'
import type {FoundRig} from '../../../src/patrol/observe/observe-rig.js'
import {readStanding} from '../../../src/patrol/observe/standing.js'
import {pauseFile} from '../../../src/patrol/pause.js'
import {deathsOf} from '../../../src/patrol/report/deaths.js'
import {readReport} from '../../../src/patrol/report/report.js'
import {readPatrolSettings} from '../../../src/patrol/settings/settings.js'
import {type Desk, makeDesk} from './support/job.js'
import {acting, gone, is, MINUTE, polecat, startPatrol} from './support/patrol.js'

describe('a state of the patrol', () => {
  const isPatrolState = (value: unknown) => v.safeParse(patrolState, value).success

  /** One with a value in each field. */
  function someState(): Record<string, unknown> {
    const patrol = startPatrol()
    patrol.cycle(
      0,
      polecat({state: is('limit'), limitEndsInMs: MINUTE, screen: {incarnation: 's', hash: 'h', at: 1}}),
    )
    patrol.cycle(1000, polecat({state: is('limit'), stuck: is(true)}))
    const word = {id: 'm', is: 'done', at: 1, branch: null, mergeRequest: null, exit: null, text: ''}
    const plea = {id: 'p', at: 1, text: '', waits: false}
    const mail = {
      treated: ['m'],
      workers: {nux: {incarnation: 'i-1', word, plea}},
      strays: [{id: 's', cause: '', detail: '', since: 1}],
    }
    return JSON.parse(JSON.stringify({...patrol.state, mail}))
  }

  /** Every required key, as a path; names of incidents and workers are arbitrary. */
  function keysOf(value: unknown, path: string[] = []): string[][] {
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, inner]) => {
      const isName = ['incidents', 'polecats', 'workers', 'treated', 'strays'].includes(path.at(-1) ?? '')
      return [...(isName || isYounger(key) ? [] : [[...path, key]]), ...keysOf(inner, [...path, key])]
    })
  }

  /** A key that states of earlier versions do not have. */
  const isYounger = (key: string) => key === 'refused' || key === 'purges'

  const at = (state: unknown, path: readonly string[]) =>
    path.reduce((value, key) => (value as Record<string, unknown>)[key], state) as Record<string, unknown>

  it('is one', () => {
    expect(isPatrolState(someState())).toBe(true)
  })

  it('of an earlier version, without what could not be done, is one', () => {
    const {purges: _, ...state} = someState()
    delete at(state, ['polecats', 'nux']).refused
    const {success, output} = v.safeParse(patrolState, state)
    expect(success && output).toMatchObject({purges: {}, polecats: {nux: {refused: null}}})
  })

  it('with an infinite time is rejected', () => {
    expect(isPatrolState({...someState(), now: JSON.parse('1e999')})).toBe(false)
  })

  it.each(keysOf(someState()).map((path) => [path.join('.'), path] as const))(
    'without %s is none',
    (_, path) => {
      const state = someState()
      delete at(state, path.slice(0, -1))[path.at(-1) as string]
      expect(isPatrolState(state)).toBe(false)
    },
  )

  it.each(keysOf(someState()).map((path) => [path.join('.'), path] as const))(
    'with nonsense as %s is none',
    (_, path) => {
      const state = someState()
      at(state, path.slice(0, -1))[path.at(-1) as string] = path.at(-1) === 'version' ? 2 : [[]]
      expect(isPatrolState(state)).toBe(false)
    },
  )
})

describe('a pause', () => {
  const put = (rig: string, text: string) => writeFileSync(join(rig, '.runtime/witness-paused.json'), text)

  it.each([
    ['that pauses', '{"paused": true}', true],
    ['that is over', '{"paused": false}', false],
    ['that does not say whether', '{"reason": "moving"}', true],
    ['that was cut', '{"paus', true],
  ])('A file %s', async (_, text, isPaused) => {
    const {rig} = makeDesk()
    put(rig, text)
    expect((await readPause(pauseFile(rig))) !== undefined).toBe(isPaused)
    expect((await readPause(pauseFile(rig))) !== undefined).toBe(isPaused)
  })
})

describe('the standing of a rig', () => {
  const none: BeadsRead = {is: 'unused'}
  const standing = async (arrange: (desk: Desk) => unknown, beads: BeadsRead = none) => {
    const desk = makeDesk()
    await arrange(desk)
    return (await readStanding(desk.ref.rig, beads)).value
  }
  const put = (desk: Desk, text: string) => {
    const folder = join(desk.ref.town.root, '.beads-wisp/config')
    mkdirSync(folder, {recursive: true})
    writeFileSync(join(folder, 'alpha.json'), text)
  }

  it.each<[string, (desk: Desk) => unknown, string]>([
    ['Nothing is said', () => {}, 'operational'],
    ['Paused', (desk) => pause(pauseFile(desk.rig), {reason: 'moving', by: 'me'}), 'paused'],
    ['Paused without a reason', (desk) => pause(pauseFile(desk.rig), {reason: '', by: 'me'}), 'paused'],
    ['Parked', (desk) => put(desk, '{"values": {"status": "parked"}}'), 'parked'],
    ['Docked', (desk) => put(desk, '{"values": {"status": "docked"}}'), 'docked'],
    ['Its file was cut', (desk) => put(desk, '{"values'), 'unknown'],
  ])('%s: %s', async (_, arrange, value) => {
    expect(await standing(arrange)).toBe(value)
  })

  it('Its beads give no answer: unknown', async () => {
    expect(await standing(() => {}, {is: 'unknown', detail: 'locked'})).toBe('unknown')
  })
})

describe('costly signals', () => {
  async function looking() {
    const desk = makeDesk()
    const {job} = await desk.job()
    const answers: GateAnswers = new Map()
    const clock = {ms: 0}
    const answer = {code: 128, stdout: '', stderr: 'fatal: no'}
    const asked: number[] = []
    Object.assign(desk.services, {
      git: async () => {
        asked.push(clock.ms)
        return answer
      },
      clock: () => ({wallMs: clock.ms, monotonicMs: clock.ms, bootId: 'b'}),
    })
    return {...desk, job, answers, clock, asked}
  }

  it('An unknown answer is not cached', async () => {
    const {services, job, answers, asked} = await looking()
    expect((await gitSignal(services, job.worker, {answers, rig: job.ref.rig})).value).toBe('unknown')
    await gitSignal(services, job.worker, {answers, rig: job.ref.rig})
    expect(asked).toHaveLength(2)
  })

  it.each([
    ['of the same commit', {}, 0, 0],
    ['of the same commit, for five minutes', {}, 5 * MINUTE - 1, 0],
    ['of the same commit, and no longer', {}, 5 * MINUTE, 1],
    ['of another commit', {head: 'b'}, 0, 1],
    ['of another branch', {branch: 'other'}, 0, 1],
  ])('An answer that is known counts %s', async (_, change, afterMs, times) => {
    const {services, job, answers, clock, asked} = await looking()
    const {worker} = job
    await gitSignal(services, worker, {answers, rig: job.ref.rig})
    const sandbox = worker.sandbox as Extract<typeof worker.sandbox, {is: 'present'}>
    const subject = JSON.stringify([sandbox.path, sandbox.head, sandbox.branch, 'none'])
    answers.set('nux', {subject, at: 0, result: {verdict: 'unsafe', reasons: ['dirty']}})
    asked.length = 0
    clock.ms = afterMs
    await gitSignal(services, {...worker, sandbox: {...sandbox, ...change}}, {answers, rig: job.ref.rig})
    expect(asked).toHaveLength(times)
  })

  it('Git cannot list changed files: the quiet time is unknown', async () => {
    const {services, job} = await looking()
    expect((await quietSignal(services, job.worker, 0)).value).toBe('unknown')
  })

  it.each(['stalled', 'hung', 'lingering'] as const)(
    'is taken before something is done to who is %s',
    (verdict) => {
      const decision = {name: 'nux', incarnation: 'i', row: '', verdict, evidence: []}
      expect(
        restsOnSilence({...decision, actions: [{kind: 'restart', expect: {} as never, backoffMs: 1}]}),
      ).toBe(true)
      expect(restsOnSilence({...decision, actions: [{kind: 'none'}]})).toBe(false)
    },
  )
})

describe('a death', () => {
  const life = polecat().life as NonNullable<ReturnType<typeof polecat>['life']>
  const found = {
    workers: new Map([['nux', {name: 'nux', sessionName: 's', signals: gone()}]]),
  } as unknown as FoundRig

  it.each([
    ['of the session that was alive', {}, 1],
    ['of another number', {id: '$2'}, 1],
    ['of the same number, from another second', {createdAt: 2000}, 1],
  ])('%s is noted', (_, change, count) => {
    const patrol = acting()
    const before = patrol.state
    patrol.cycle(MINUTE, gone({life: {...life, ...change}, session: is('pane dead')}))
    expect(deathsOf(found, before, patrol.state as NonNullable<typeof before>)).toHaveLength(count)
  })

  it.each([
    ['once', {}, 0],
    ['once more for another session that is dead when it is seen', {createdAt: 2000}, 1],
  ])('is noted %s', (_, change, count) => {
    const patrol = acting()
    patrol.cycle(MINUTE, gone({life, session: is('pane dead')}))
    const before = patrol.state
    patrol.cycle(MINUTE, gone({life: {...life, ...change}, session: is('pane dead')}))
    expect(deathsOf(found, before, patrol.state as NonNullable<typeof before>)).toHaveLength(count)
  })

  it('A session that was never seen has not died', () => {
    const patrol = startPatrol()
    patrol.cycle(0, gone())
    expect(deathsOf(found, undefined, patrol.state as NonNullable<typeof patrol.state>)).toEqual([])
  })
})

it('A report of another version is rejected', async () => {
  const {rig} = makeDesk()
  writeFileSync(join(rig, '.runtime/witness-last-cycle.json'), '{"version": 2}')
  expect(await readReport(rig)).toBeUndefined()
})

it('A rig’s settings override its town’s', async () => {
  const {ref} = makeDesk()
  const layer = (file: string, patrol: unknown) => ({file, agents: {}, roleAgents: {}, patrol})
  const agentSettings = async () => [
    layer('rig', {quiet: '2m'}),
    layer('town', {quiet: '3m', interval: '9s'}),
  ]
  const {thresholds} = await readPatrolSettings({...ref.rig, agentSettings} as never)
  expect(thresholds.values).toMatchObject({quiet: 120_000, interval: 9000})
})
