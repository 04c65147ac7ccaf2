import {readdirSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join} from 'node:path'
import type {KillTarget} from '@gtown/sdk'
import {makeStamp} from '@gtown/sdk/files'
import {describe, expect, onTestFinished, test, vi} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../../process/src/index.js'
import {startIdle} from '../../../process/test/support/programs.js'
import {createPtyBackend} from '../../src/backend.js'
import {writePtyRecord} from '../../src/record.js'
import {stop} from '../../src/stop.js'
import {fakeShim, recordOf} from '../support/fake-shim.js'
import {isAlive, quiet, readIfThere, shell, shimOf, type World, world} from '../support/world.js'

const now = {graceMs: 0}

const NOBODY = 2 ** 22 + 1

/** A folder of sessions that the test makes itself, and a killer that records its targets. */
function lonely() {
  const box = sandbox()
  const killed: KillTarget[] = []
  const end = async (target: KillTarget) => {
    killed.push(target)
    return []
  }
  const dir = join(box.dir, 'pty')
  const noting = {...killer, end}
  const services = {folders: [dir], directory: dir, env: box.env, timeoutMs: 10_000, killer: noting}
  return {dir, env: box.env, killer: noting, killed, services}
}

const isDead = ({backend}: World) =>
  until('it to be dead', async () => (await backend.inspect('a'))?.liveness === 'dead')

test('stop_RunningSession: ends its process, its shim and its files; again, it is absent', async () => {
  const here = world()
  const session = await here.backend.start(quiet('a'))
  const shim = shimOf(here)
  const [record] = readdirSync(here.sessions).filter((file) => file.endsWith('.json'))
  writeFileSync(join(here.sessions, `.${record}.half-written`), '')
  expect(await here.backend.stop(session, now)).toBe('stopped')
  expect([session.pid, shim].filter(isAlive)).toEqual([])
  expect(readdirSync(here.sessions)).toEqual([])
  expect(await here.backend.inspect('a')).toBeUndefined()
  expect(await here.backend.stop(session, now)).toBe('absent')
})

test('stop_StubbornTree: nothing of it survives', async () => {
  const {dir, backend} = world()
  const stubborn = join(dir, 'stubborn')
  writeFileSync(stubborn, `trap '' TERM HUP\nsleep 600 &\necho $! >> '${dir}/pids'\nwait\n`)
  const escaped = `(env -i setsid sh -c 'sleep 600 > /dev/null 2>&1 & echo $! >> "${dir}/pids"' &)`
  const script = `setsid sh '${stubborn}' & ${escaped}; exec sh '${stubborn}'`
  const env = {GT_SESSION_ID: `${dir}/a/1`}
  const session = await backend.start(quiet('a', {command: shell(script), env}))
  const sleepers = () => readIfThere(join(dir, 'pids')).trim().split('\n').map(Number)
  await until('the tree to grow', () => sleepers().length === 3)
  expect(await backend.stop(session, {graceMs: 100})).toBe('stopped')
  expect([session.pid, ...sleepers()].filter(isAlive)).toEqual([])
})

test('stop_OtherSessions: live on, even those with the same prefix or started from inside', async () => {
  const {backend, env, marker} = world()
  const a = await backend.start(quiet('a', {env: {GT_SESSION_ID: marker}}))
  const inside = createPtyBackend({killer, env: {...env, GT_SESSION_ID: marker}})
  const b = await inside.start(quiet('a-2', {env: {GT_SESSION_ID: `${marker}0`}}))
  await backend.stop(a, now)
  expect(await backend.list()).toEqual([b])
})

test.each([
  ['a code', 'exit 3', {code: 3}],
  ['a signal', 'kill -TERM $$', {signal: 'SIGTERM'}],
])('stop_AgentThatEndedWith %s: is kept with its last screen until then', async (_, end, exit) => {
  const here = world()
  const session = await here.backend.start(quiet('a', {command: shell(`echo last words; ${end}`)}))
  await isDead(here)
  expect(await here.backend.inspect('a')).toMatchObject({pid: session.pid, exit})
  expect(await here.backend.capture(session, {lines: 10})).toEqual(['last words'])
  await expect(here.backend.start(quiet('a'))).rejects.toMatchObject({code: 'SESSION_EXISTS'})
  expect(await here.backend.stop(session, now)).toBe('stopped')
})

test('stop_AgentThatHasEnded: its pid is no root, since another process may have it', async () => {
  const here = world()
  const killed: KillTarget[] = []
  const end = async (target: KillTarget) => {
    killed.push(target)
    return []
  }
  const backend = createPtyBackend({killer: {...killer, end}, env: here.env})
  const session = await backend.start(quiet('a', {env: {GT_SESSION_ID: here.marker}}))
  process.kill(session.pid, 'SIGKILL')
  await isDead(here)
  const parentPid = shimOf(here)
  expect(await backend.stop(session, now)).toBe('stopped')
  expect(killed).toEqual([{roots: [], marker: here.marker, parentPid}])
})

test('stop_Successor: an earlier life’s handle does not touch it', async () => {
  const {backend} = world()
  const first = await backend.start(quiet('a'))
  await backend.stop(first, now)
  const second = await backend.start(quiet('a'))
  expect(await backend.stop(first, now)).toBe('absent')
  await expect(backend.capture(first, {lines: 1})).rejects.toMatchObject({code: 'SESSION_LOST'})
  await expect(backend.type(first, 'x')).rejects.toMatchObject({code: 'SESSION_LOST'})
  expect(await backend.inspect('a')).toEqual(second)
})

test('stop_Survivors: rejects naming them; the session stays, marked, so that the stop can be repeated', async () => {
  const {backend, env} = world()
  const session = await backend.start(quiet('a'))
  const survivors = [{pid: 4711, command: 'stubborn'}]
  const failing = createPtyBackend({killer: {...killer, end: async () => survivors}, env})
  await expect(failing.stop(session, now)).rejects.toMatchObject({code: 'SURVIVORS', details: {survivors}})
  expect(await backend.inspect('a')).toEqual({...session, stopping: true})
  expect(await backend.stop(session, now)).toBe('stopped')
})

test('stop_ManyAtOnce: each says stopped or absent, and it is gone', async () => {
  const {backend} = world()
  const session = await backend.start(quiet('a'))
  const results = await Promise.all(Array.from({length: 8}, () => backend.stop(session, now)))
  expect(results).toContain('stopped')
  expect(await backend.inspect('a')).toBeUndefined()
})

test.each([
  ['a marker', ({marker}: World) => ({GT_SESSION_ID: marker})],
  ['no marker', () => ({})],
])('stop_ShimKilled, %s: is dead until then, and what ignored the hang-up ends', async (_, markerOf) => {
  const here = world()
  const script = "trap '' HUP; echo ready; while :; do sleep 600; done"
  const env = {...markerOf(here), GT_ROOT: '/town'}
  const labels = {town: '/town'}
  const session = await here.backend.start(quiet('a', {command: shell(script), env, labels}))
  await until('it to be ready', async () => (await here.backend.capture(session, {lines: 1}))[0] === 'ready')
  process.kill(shimOf(here), 'SIGKILL')
  await isDead(here)
  const {lastActivityAt: __, ...known} = session
  expect(await here.backend.inspect('a')).toMatchObject({...known, exit: {}, liveness: 'dead', labels})
  expect(await here.backend.list()).toMatchObject([{name: 'a', liveness: 'dead'}])
  await expect(here.backend.start(quiet('a'))).rejects.toMatchObject({code: 'SESSION_EXISTS'})
  await expect(here.backend.type(session, 'x')).rejects.toMatchObject({code: 'SESSION_LOST'})
  await expect(here.backend.press(session, 'Enter')).rejects.toMatchObject({code: 'SESSION_LOST'})
  await expect(here.backend.view(session)).rejects.toMatchObject({code: 'SESSION_LOST'})
  await expect(here.backend.environment(session)).rejects.toMatchObject({code: 'SESSION_LOST'})
  const other = {...session, incarnation: 'other'}
  await expect(here.backend.capture(other, {lines: 1})).rejects.toMatchObject({code: 'SESSION_LOST'})
  expect(await here.backend.stop(other, now)).toBe('absent')
  expect(isAlive(session.pid)).toBe(true)
  expect(await here.backend.stop(session, now)).toBe('stopped')
  expect(isAlive(session.pid)).toBe(false)
  expect(await here.backend.inspect('a')).toBeUndefined()
})

test('stop_ShimKilledAfterItsAgentEnded: exit and last screen are still known', async () => {
  const here = world()
  const session = await here.backend.start(quiet('a', {command: shell('echo last words; exit 3')}))
  await until('it to be on record', async () => {
    const [record] = readdirSync(here.sessions).filter((file) => file.endsWith('.json'))
    return readIfThere(join(here.sessions, record ?? '')).includes('last words')
  })
  process.kill(shimOf(here), 'SIGKILL')
  await until('it to be gone', () => !isAlive(shimOf(here)))
  expect(await here.backend.inspect('a')).toMatchObject({liveness: 'dead', exit: {code: 3}})
  expect(await here.backend.capture(session, {lines: 5})).toEqual(['last words'])
})

test.each([
  ['has ended, and whose number is a stranger’s', (pid: number) => `${pid}.1.x.${hostname()}`],
  ['is another machine’s', async (pid: number) => `${await stampOf(pid)}.elsewhere`],
])('stop_ShimKilled, with an agent that %s: the stranger lives', async (_, agentOf) => {
  const {dir, env, killer, killed} = lonely()
  const stranger = startIdle()
  const owner = `${NOBODY}.1.x.${hostname()}`
  const record = await recordOf({owner, agent: await agentOf(stranger.pid)})
  await writePtyRecord(dir, record)
  expect(await createPtyBackend({killer, env}).stop(record, now)).toBe('stopped')
  expect(killed).toEqual([{roots: []}])
  expect(isAlive(stranger.pid)).toBe(true)
})

/** A stamp without its machine. */
async function stampOf(pid: number): Promise<string> {
  return (await makeStamp(pid)).split('.').slice(0, 3).join('.')
}

describe('a shim that does not end when asked', () => {
  const answers = {stop: {answer: {roots: []}}, end: {answer: null}}

  test('is killed, and its files are removed', async () => {
    const {dir, services} = lonely()
    const shim = startIdle()
    const {session} = await fakeShim(dir, answers, {owner: await makeStamp(shim.pid)})
    expect(await stop(services, session, 0, 50)).toBe('stopped')
    expect(isAlive(shim.pid)).toBe(false)
    expect(readdirSync(dir)).toEqual([])
  })

  test('ends at the last moment: is no error', async () => {
    const {dir, services} = lonely()
    const shim = startIdle()
    const {session} = await fakeShim(dir, answers, {owner: await makeStamp(shim.pid)})
    const real = process.kill
    const kill = vi.spyOn(process, 'kill').mockImplementation((pid, signal) => {
      if (signal !== 'SIGKILL') return real(pid, signal)
      real(pid, signal)
      throw Object.assign(new Error('gone'), {code: 'ESRCH'})
    })
    onTestFinished(() => kill.mockRestore())
    expect(await stop(services, session, 0, 50)).toBe('stopped')
  })

  test('is on another machine: gets no signal, the stop fails, and its files stay', async () => {
    const {dir, services} = lonely()
    const stranger = startIdle()
    const owner = `${await stampOf(stranger.pid)}.elsewhere`
    const {session} = await fakeShim(dir, answers, {owner})
    await expect(stop(services, session, 0, 50)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
    expect(isAlive(stranger.pid)).toBe(true)
    expect(readdirSync(dir)).toHaveLength(2)
  })
})
