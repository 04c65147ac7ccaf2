// Answers of plugins, with a fake oclif.
import {API_VERSION, type BackendRegistration, ErrorCode, GtError, type RigResolver} from '@gtown/sdk'
import type {Config} from '@oclif/core'
import {describe, expect, test} from 'vitest'
import {collectBackends, openBackends} from '../../../src/registry/backends.js'
import {guardedBackend} from '../../../src/registry/guarded-backend.js'
import {collectResolvers, resolveTown} from '../../../src/registry/rigs.js'
import {collectRoles} from '../../../src/registry/roles.js'
import {withinTime} from '../../../src/registry/within-time.js'
import {collectWorkSources} from '../../../src/registry/works.js'

interface Answer {
  plugin: string
  result?: unknown
  /** The error that its hook throws. */
  error?: string
  type?: 'core' | 'user'
}

function oclif(...answers: Answer[]): Config {
  const plugin = ({plugin: name, type = 'user'}: Answer) => ({name, type})
  const runHook = async () => ({
    successes: answers
      .filter(({error}) => error === undefined)
      .map((answer) => ({plugin: plugin(answer), result: answer.result})),
    failures: answers
      .filter(({error}) => error !== undefined)
      .map((answer) => ({plugin: plugin(answer), error: new Error(answer.error)})),
  })
  return {runHook} as unknown as Config
}

const session = {start() {}, stop() {}, inspect() {}, list() {}}

function offer(name: string, more: object = {}): BackendRegistration {
  return {
    name,
    priority: 1,
    available: async () => ({available: true}),
    load: async () => ({...session, name}) as never,
    ...more,
  }
}

const unusable = {available: async () => ({available: false, reason: 'no library', hint: 'Install it.'})}
const names = ({entries}: {entries: readonly {name: string}[]}) => entries.map(({name}) => name)

describe('what is offered', () => {
  test('the highest priority comes first, then the name decides, whichever plugin answers first', async () => {
    const offers = [offer('b'), offer('z', {priority: 9}), offer('a'), offer('c')]
    const config = oclif(...offers.map((entry) => ({plugin: `of ${entry.name}`, result: [entry]})))
    expect(names(await collectBackends(config))).toEqual(['z', 'a', 'b', 'c'])
  })

  test.each<[string, Answer, RegExp]>([
    ['throws', {plugin: 'bad', error: 'no disk\nat x.js'}, /^plugin bad failed in gt:backends: no disk$/],
    [
      'answers no list',
      {plugin: 'bad', result: 42},
      /^plugin bad answered gt:backends with an invalid value/,
    ],
    ['offers one thing that is nonsense', {plugin: 'bad', result: [offer('x'), {name: 7}]}, /invalid value/],
    [
      'offers something without a priority',
      {plugin: 'bad', result: [offer('x', {priority: '9'})]},
      /invalid value/,
    ],
    [
      'is made for other contracts',
      {plugin: 'bad', result: [offer('x', {apiVersion: API_VERSION + 1})]},
      /^plugin bad is made for another version/,
    ],
  ])('a plugin that %s is named, and the others are used', async (_, bad, problem) => {
    const found = await collectBackends(oclif({plugin: 'good', result: [offer('good')]}, bad))
    expect(names(found)).toEqual(['good'])
    expect(found.problems).toEqual([expect.stringMatching(problem)])
  })

  test('two plugins’ offers of one name are both unused; gt’s own wins over a user’s', async () => {
    const twice = [
      {plugin: 'one', result: [offer('same')]},
      {plugin: 'two', result: [offer('same'), offer('other')]},
    ]
    const rivals = await collectBackends(oclif(...twice))
    expect(names(rivals)).toEqual(['other'])
    expect(rivals.problems).toHaveLength(2)
    const own: Answer = {plugin: 'gt', type: 'core', result: [offer('same', {priority: 42})]}
    const kept = await collectBackends(oclif(...twice.slice(0, 1), own))
    expect(kept.entries.map(({priority}) => priority)).toEqual([42])
    expect(kept.problems).toEqual([expect.stringMatching(/^plugin one offers 'same', and so does gt/)])
  })

  test.each([
    ['a role', collectRoles, {name: 'r', scope: 'rig', sessionName() {}}, ['name', 'scope', 'sessionName']],
    [
      'a source of work',
      collectWorkSources,
      {name: 'w', priority: 1, read() {}},
      ['name', 'priority', 'read'],
    ],
    [
      'a resolver',
      collectResolvers,
      {name: 'x', priority: 1, resolve() {}, rigs() {}, town() {}},
      ['name', 'priority', 'resolve', 'rigs', 'town'],
    ],
    ['a backend', collectBackends, offer('b'), ['name', 'priority', 'available', 'load']],
  ] as const)(
    '%s with all of its parts is one, and without one of them none',
    async (_, collect, whole, parts) => {
      expect(names(await collect(oclif({plugin: 'p', result: [whole]})))).toHaveLength(1)
      for (const part of parts) {
        const {[part as never]: __, ...rest} = whole as object as Record<string, unknown>
        expect(names(await collect(oclif({plugin: 'p', result: [rest]})))).toEqual([])
      }
    },
  )

  test('a role with another scope than rig or town is rejected', async () => {
    const role = {name: 'r', scope: 'world', sessionName() {}}
    expect(names(await collectRoles(oclif({plugin: 'p', result: [role]})))).toEqual([])
  })
})

describe('a backend of a plugin', () => {
  const limits = {availableMs: 30, loadMs: 30, diagnoseMs: 30}
  const guarded = (more: object) => guardedBackend(offer('b', more), 'loud', limits)
  const never = () => new Promise<never>(() => {})
  const services = {killer: {} as never}

  test('that is valid is used unchanged', async () => {
    expect(await guarded({}).available()).toEqual({available: true})
    expect(await guarded({}).load(services)).toMatchObject({name: 'b'})
    expect(await guarded(unusable).available()).toMatchObject({available: false, reason: 'no library'})
  })

  test.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('no idea\nat x.js')
      },
      /no idea$/,
    ],
    ['rejects', () => Promise.reject(new Error('no idea')), /no idea$/],
    ['hangs', never, /no answer within 0.03 s$/],
    ['answers nothing', async () => undefined, /does not say whether it can be used$/],
    ['answers a word', async () => ({available: 'yes'}), /does not say whether it can be used$/],
  ])('that %s when it is asked cannot be used', async (_, available, reason) => {
    const answer = await guarded({available}).available()
    expect(answer).toMatchObject({available: false, reason: expect.stringMatching(reason)})
    expect(answer).toMatchObject({reason: expect.stringContaining('plugin loud')})
  })

  const {start, stop, inspect, list} = session
  test.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('no module')
      },
      /no module$/,
    ],
    ['hangs', never, /no answer within 0.03 s$/],
    ['gives nothing', async () => undefined, /did not load a session backend$/],
    ...[
      {stop, inspect, list},
      {start, inspect, list},
      {start, stop, list},
      {start, stop, inspect},
    ].map((part): [string, () => unknown, RegExp] => [
      `gives only ${Object.keys(part).join()}`,
      async () => part,
      /did not load a session backend$/,
    ]),
  ])(
    'that %s when it is loaded: an error that names the plugin, and leaves sessions unknown',
    async (_, load, reason) => {
      await expect(guarded({load}).load(services)).rejects.toMatchObject({
        code: ErrorCode.backendUnavailable,
        liveness: 'unknown',
        message: expect.stringMatching(reason),
        hint: expect.stringContaining('gt plugins uninstall loud'),
      })
    },
  )

  test('with its own reason for a failed load: the reason is reported', async () => {
    const own = new GtError('too old', {code: 'TMUX_TOO_OLD'})
    await expect(guarded({load: () => Promise.reject(own)}).load(services)).rejects.toBe(own)
  })

  test('with a diagnosis: it is reported; without a diagnose there is none', async () => {
    const finding = {check: 'folder', status: 'ok', message: 'there', cure: null}
    const {diagnose} = guarded({diagnose: async () => ({runtime: [finding]})})
    expect(await diagnose?.()).toEqual({requirements: [], runtime: [finding]})
    expect('diagnose' in guarded({})).toBe(false)
  })

  test.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('no idea\nat x.js')
      },
      /no idea$/,
    ],
    ['rejects', () => Promise.reject(new GtError('no idea', {code: 'X'})), /no idea$/],
    ['hangs', never, /no answer within 0.03 s$/],
    ['answers nothing', async () => undefined, /a diagnosis must be an object$/],
    [
      'leaves out the cure',
      async () => ({runtime: [{check: 'a', status: 'warn', message: 'b'}]}),
      /or cure$/,
    ],
  ])('whose diagnose %s: one error that names the plugin', async (_, diagnose, reason) => {
    await expect(guarded({diagnose}).diagnose?.()).rejects.toMatchObject({
      message: expect.stringMatching(reason),
      hint: expect.stringContaining('gt plugins uninstall loud'),
    })
    await expect(guarded({diagnose}).diagnose?.()).rejects.toThrow(/^plugin loud cannot say how/)
  })

  test('whose diagnose is not a function is rejected', async () => {
    const answer = {plugin: 'p', result: [offer('b', {diagnose: 'well'} as never)]}
    expect(names(await collectBackends(oclif(answer)))).toEqual([])
  })

  test('is guarded when plugins are collected', async () => {
    const silent = offer('silent', {available: async () => undefined})
    const {entries} = await collectBackends(oclif({plugin: 'loud', result: [silent]}))
    expect(await entries[0]?.available()).toMatchObject({available: false})
  })
})

describe('the backends', () => {
  const all = (...offers: BackendRegistration[]) => openBackends(oclif({plugin: 'p', result: offers}))
  const unknown = {code: ErrorCode.backendUnavailable, liveness: 'unknown'}

  test('the first usable one is chosen', async () => {
    const backends = all(offer('best', {priority: 9, ...unusable}), offer('next'))
    expect((await backends.first()).name).toBe('next')
    expect((await backends.usable()).map(({name}) => name)).toEqual(['next'])
  })

  test('none can be used: the reason for each, and sessions are unknown', async () => {
    const refused = {...unknown, message: expect.stringContaining('best: no library'), hint: 'Install it.'}
    await expect(all(offer('best', unusable)).first()).rejects.toMatchObject(refused)
    await expect(all().first()).rejects.toMatchObject(unknown)
    const broken = openBackends(oclif({plugin: 'bad', error: 'no disk'}))
    await expect(broken.first()).rejects.toThrow(/plugin bad failed.*no disk/)
  })

  test('a named one that cannot be used or does not exist: refused, and not replaced by another', async () => {
    const backends = all(offer('best', unusable), offer('next'))
    await expect(backends.named('best')).rejects.toMatchObject(unknown)
    await expect(backends.named('gone')).rejects.toMatchObject({
      ...unknown,
      hint: expect.stringContaining('Available: best, next.'),
    })
    expect((await backends.named('next')).name).toBe('next')
  })

  test('the diagnosis is that of the one that is named', async () => {
    const backends = all(
      offer('one', {diagnose: async () => ({})}),
      offer('two', {
        diagnose: async () => ({runtime: [{check: 'a', status: 'ok', message: 'b', cure: null}]}),
      }),
      offer('three'),
    )
    expect((await (await backends.diagnosis('two'))?.())?.runtime).toHaveLength(1)
    expect(await backends.diagnosis('three')).toBeUndefined()
  })

  test('each is loaded once', async () => {
    let loads = 0
    const load = async () => {
      loads++
      return {...session, name: 'b'}
    }
    const backends = all(offer('b', {load}))
    await Promise.all([backends.first(), backends.named('b'), backends.usable()])
    expect(loads).toBe(1)
  })
})

describe('the resolvers', () => {
  const outside = new GtError('not in a workspace', {code: ErrorCode.notInWorkspace})
  const resolver = (name: string, priority: number, town: RigResolver['town']) =>
    ({name, priority, town, resolve() {}, rigs() {}}) as unknown as RigResolver
  const lost = (name: string, priority: number) => resolver(name, priority, () => Promise.reject(outside))
  const town = {root: '/town'} as never
  const found = (...results: unknown[]) => resolveTown(oclif({plugin: 'p', result: results}), {} as never)

  test('the next one is asked when one does not know the place', async () => {
    expect(
      await found(
        lost('a', 9),
        resolver('b', 1, async () => town),
      ),
    ).toBe(town)
  })

  test('no other is asked when one refuses the town', async () => {
    const refusal = new GtError('not trusted', {code: 'NOT_TRUSTED'})
    const refuses = resolver('a', 9, () => Promise.reject(refusal))
    await expect(
      found(
        refuses,
        resolver('b', 1, async () => town),
      ),
    ).rejects.toBe(refusal)
  })

  test('when none knows the place: the first one’s error; with a broken plugin: its problem', async () => {
    await expect(found(lost('a', 9), lost('b', 1))).rejects.toBe(outside)
    const answers = [
      {plugin: 'p', result: [lost('a', 9)]},
      {plugin: 'bad', error: 'no disk'},
    ]
    await expect(resolveTown(oclif(...answers), {} as never)).rejects.toMatchObject({
      code: 'NO_RIG_RESOLVER',
      message: expect.stringContaining('plugin bad'),
    })
    await expect(found()).rejects.toMatchObject({code: 'NO_RIG_RESOLVER'})
  })
})

test('finished work leaves no timer that would keep the process alive', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const before = timers()
  expect(
    await withinTime(
      600_000,
      () => new Error('late'),
      async () => 'done',
    ),
  ).toBe('done')
  expect(timers()).toBe(before)
})
