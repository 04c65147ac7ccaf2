// What is kept in files: two that change one at once, and files that hold something else.
import {describe, expect, test} from 'vitest'
import {readHealth, updateHealth} from '../../src/health/state.js'
import {beat, readHeartbeat} from '../../src/heartbeat.js'
import {pause, readPause} from '../../src/pause.js'
import {readRestarts, updateRestarts} from '../../src/restarts/file.js'
import {readWatchState} from '../../src/watch/state.js'
import {watched} from '../support/watched.js'

const AT_ONCE = 20
const atOnce = (work: () => Promise<unknown>) => Promise.all(Array.from({length: AT_ONCE}, work))
const never = '0001-01-01T00:00:00Z'

describe('many at once lose nothing', () => {
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

describe('a file that holds something else is set aside', () => {
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

  test('what a watch left is read', async () => {
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

test('the first heartbeat is cycle 1, and goes on from what the file says', async () => {
  const {town, watch, read} = watched({})
  await beat(town, {action: 'x', healthy: 1, unhealthy: 2}, watch.warn)
  expect(read('deacon/heartbeat.json')).toMatchObject({cycle: 1, healthy_agents: 1, unhealthy_agents: 2})
})

test("the original's file of restarts: its year 1 means never, and what else it holds stays", async () => {
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

describe('the pause', () => {
  const FILE = '.runtime/deacon/paused.json'

  test('paused, and none', async () => {
    const {town} = watched({})
    expect(await readPause(town)).toBeUndefined()
    await pause(town, {reason: 'upkeep', pausedBy: 'human'})
    expect(await readPause(town)).toMatchObject({paused: true, reason: 'upkeep', paused_by: 'human'})
  })

  test('a file that says that it is over: it is', async () => {
    const {town, write} = watched({})
    write(FILE, {paused: false, paused_at: '2026-01-20T12:00:00Z'})
    expect(await readPause(town)).toBeUndefined()
  })

  test.each(['{"paused":tr', '{}', '{"paused_at":"2026-01-20T12:00:00Z"}', '{"paused":false}'])(
    'a file that holds %s: it counts as paused',
    async (text) => {
      const {town, write} = watched({})
      write(FILE, text)
      expect(await readPause(town)).toMatchObject({paused: true, reason: expect.stringContaining('unusable')})
      expect(await readPause(town)).toMatchObject({paused: true})
    },
  )
})
