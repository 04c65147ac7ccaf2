// State files: concurrent changes, and files with invalid content.
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {pause} from '@gtown/sdk/watchdog'
import {describe, expect, test} from 'vitest'
import {testOddFile} from '../../../../test/support/odd-files.js'
import {readHealth, updateHealth} from '../../src/health/state.js'
import {beat, readHeartbeat} from '../../src/heartbeat.js'
import {pauseFile} from '../../src/pause.js'
import {readRestarts, updateRestarts} from '../../src/restarts/file.js'
import {readWatchState} from '../../src/watch/state.js'
import {watched} from '../support/watched.js'

const AT_ONCE = 20
const atOnce = (work: () => Promise<unknown>) => Promise.all(Array.from({length: AT_ONCE}, work))
const never = '0001-01-01T00:00:00Z'

describe('concurrent changes lose nothing', () => {
  test('of heartbeats', async () => {
    const {town, watch, read} = watched({})
    await atOnce(() => beat(town, {action: '', healthy: 0, unhealthy: 0}, watch.warn))
    expect(read('deacon/heartbeat.json').cycle).toBe(AT_ONCE)
  })

  test('of failures', async () => {
    const {town, watch, read} = watched({})
    const fail = () =>
      updateHealth(town, 'a', ({consecutive_failures: n}) => ({consecutive_failures: n + 1}), watch.warn)
    await atOnce(fail)
    expect(read('deacon/health-check-state.json').agents.a.consecutive_failures).toBe(AT_ONCE)
  })

  test('of restarts', async () => {
    const {town, watch, read} = watched({})
    const add = (agents: Map<string, {restart_count: number}>) =>
      Boolean(agents.set('a', {restart_count: (agents.get('a')?.restart_count ?? 0) + 1}))
    await atOnce(() => updateRestarts(town, add, watch.warn))
    expect(read('daemon/restart_state.json').agents.a.restart_count).toBe(AT_ONCE)
  })
})

describe('a file with invalid content is set aside', () => {
  const good = {
    version: 1,
    cycle: 7,
    at: '2026-01-20T12:00:00Z',
    boot: 'first',
    marks: {alpha: {of: 'one', sinceMs: 1}},
    incidents: {id: {rig: 'alpha', cause: 'x'}},
    failures: {alpha: 'no disk'},
    witnesses: [{rig: 'alpha', finding: 'well', action: {kind: 'none'}}],
  }
  const STATE = '.runtime/deacon/watch.json'

  test('the state of a watch is read', async () => {
    const {town, write} = watched({})
    write(STATE, good)
    expect(await readWatchState(town)).toEqual({state: good})
  })

  test.each<object>([
    {version: 2},
    {cycle: '7'},
    {at: 7},
    {boot: undefined},
    {marks: {alpha: {of: 'one', sinceMs: 'long'}}},
    {marks: {alpha: null}},
    {incidents: {id: {rig: 'alpha'}}},
    {failures: {alpha: 7}},
    {witnesses: {}},
    {witnesses: [{rig: 'alpha', finding: 'well'}]},
  ])('of a watch: %j', async (damage) => {
    const {town, write} = watched({})
    write(STATE, {...good, ...damage})
    expect(await readWatchState(town)).toEqual({setAside: expect.stringContaining('unusable')})
  })

  test.each([{agents: {a: {restart_count: 1}, b: {restart_count: 'many'}}}, {agents: {a: null}}, []])(
    'of restarts: %j',
    async (value) => {
      const {town, write} = watched({})
      write('daemon/restart_state.json', value)
      const {restarts, setAside} = await readRestarts(town)
      expect([restarts.size, setAside]).toEqual([0, expect.stringContaining('unusable')])
    },
  )

  test.each([
    {agents: {a: {consecutive_failures: 0, force_kill_count: 'x'}}},
    {agents: {a: {consecutive_failures: -1, force_kill_count: 0}}},
    {agents: 7},
  ])('of health: %j', async (value) => {
    const {town, watch, write, warnings} = watched({})
    write('deacon/health-check-state.json', value)
    expect((await readHealth(town, watch.warn)).agents.size).toBe(0)
    expect(warnings).toEqual([expect.stringContaining('it was set aside as')])
  })

  test.each([{timestamp: 'noon', cycle: 1}, {timestamp: '2026-01-20T12:00:00Z', cycle: 'one'}, {cycle: 1}])(
    'of heartbeats: %j',
    async (value) => {
      const {town, watch, write, warnings} = watched({})
      write('deacon/heartbeat.json', value)
      expect(await readHeartbeat(town, watch.warn)).toBeUndefined()
      expect(warnings).toHaveLength(1)
    },
  )
})

test('the first heartbeat is cycle 1, and later ones count on from the file', async () => {
  const {town, watch, read} = watched({})
  await beat(town, {action: 'x', healthy: 1, unhealthy: 2}, watch.warn)
  expect(read('deacon/heartbeat.json')).toMatchObject({cycle: 1, healthy_agents: 1, unhealthy_agents: 2})
})

test("the original's file of restarts: year 1 means never, and other keys are kept", async () => {
  const {town, watch, write, read} = watched({})
  const deacon = {
    last_restart: never,
    restart_count: 2,
    backoff_until: never,
    crash_loop_since: never,
    note: 'x',
  }
  write('daemon/restart_state.json', {agents: {deacon}, later: 1})
  expect((await readRestarts(town)).restarts.get('deacon')).toEqual({restart_count: 2, note: 'x'})
  await updateRestarts(town, (agents) => Boolean(agents.set('a', {restart_count: 1})), watch.warn)
  expect(read('daemon/restart_state.json')).toMatchObject({later: 1, agents: {a: {restart_count: 1}}})
})

test("the deacon's pause is in the folder of the watch", async () => {
  const {town, read} = watched({})
  await pause(pauseFile(town), {reason: 'upkeep', by: 'human', parents: [join(town.root, '.runtime')]})
  expect(read('.runtime/deacon/paused.json')).toMatchObject({paused: true, reason: 'upkeep'})
})

const fileOf = (path: string, read: (of: ReturnType<typeof watched>) => unknown) => (text: string) => {
  const of = watched({})
  const file = join(of.town.root, path)
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, text)
  return read(of)
}

testOddFile('the state of the watch', {
  whole: {
    version: 1,
    cycle: 7,
    at: '2026-01-20T12:00:00Z',
    boot: 'first',
    marks: {},
    incidents: {},
    failures: {},
    witnesses: [],
  },
  read: fileOf('.runtime/deacon/watch.json', async ({town}) => (await readWatchState(town)).state),
  extras: 'kept',
})

testOddFile('the heartbeat', {
  whole: {
    timestamp: '2026-01-20T12:00:00Z',
    cycle: 1,
    last_action: '',
    healthy_agents: 0,
    unhealthy_agents: 0,
  },
  read: fileOf('deacon/heartbeat.json', ({town, watch}) => readHeartbeat(town, watch.warn)),
  lenient: ['last_action', 'healthy_agents', 'unhealthy_agents'],
  extras: 'left out',
})

testOddFile('the health of an agent', {
  whole: {
    last_ping_time: '2026-01-20T12:00:00Z',
    last_response_time: '2026-01-20T12:00:00Z',
    consecutive_failures: 0,
    last_force_kill_time: never,
    last_force_kill_reason: '',
    force_kill_count: 0,
  },
  read: (text) =>
    fileOf('deacon/health-check-state.json', async ({town, watch}) =>
      (await readHealth(town, watch.warn)).agents.get('a'),
    )(`{"agents": {"a": ${text}}}`),
  lenient: ['last_ping_time', 'last_response_time', 'last_force_kill_time', 'last_force_kill_reason'],
  extras: 'left out',
})

testOddFile('the restarts of an agent', {
  whole: {last_restart: never, restart_count: 1, backoff_until: never, crash_loop_since: never},
  read: (text) =>
    fileOf('daemon/restart_state.json', async ({town}) => (await readRestarts(town)).restarts.get('a'))(
      `{"agents": {"a": ${text}}}`,
    ),
  lenient: ['last_restart', 'backoff_until', 'crash_loop_since'],
  extras: 'kept',
})

test('an action or a finding of another version of the deacon: the rest is still read', async () => {
  const {town, write} = watched({})
  const witness = {rig: 'alpha', finding: 'asleep', action: {kind: 'wake'}, outcome: {is: 'odd'}}
  write('.runtime/deacon/watch.json', {
    ...{version: 1, cycle: 7, at: '', boot: '', marks: {}, incidents: {}, failures: {}},
    witnesses: [witness],
  })
  expect((await readWatchState(town)).state?.witnesses).toEqual([
    {rig: 'alpha', finding: 'unknown', action: {kind: 'none'}},
  ])
})
