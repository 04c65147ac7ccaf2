import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {KillTarget} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../../process/src/index.js'
import {createTmuxBackend} from '../../src/backend.js'
import {fakeTmux, isAlive, quiet, readIfThere, world} from '../support/world.js'

const now = {graceMs: 0}

test('stop_RunningSession: ends its processes and the session; again, it is absent', async () => {
  const {backend, killed, tmux} = world()
  const session = await backend.start(quiet('a', {env: {GT_SESSION_ID: 'town/a/1 ü'}}))
  const parentPid = Number(tmux('display-message', '-p', '#{pid}'))
  expect(await backend.stop(session, now)).toBe('stopped')
  expect(killed).toEqual([{roots: [session.pid], parentPid, marker: 'town/a/1 ü'}])
  expect(isAlive(session.pid)).toBe(false)
  expect(await backend.inspect('a')).toBeUndefined()
  expect(await backend.stop(session, now)).toBe('absent')
  expect(killed).toHaveLength(1)
})

test('stop_OtherSessions: live on, even those with the same prefix', async () => {
  const {backend} = world()
  const [a, b] = [await backend.start(quiet('gt-a-witness')), await backend.start(quiet('gt-a-witness-2'))]
  await backend.stop(a, now)
  expect(await backend.list()).toEqual([b])
})

test('stop_SeveralPanesAndWindows: every living process is a root, dead ones are not', async () => {
  const {backend, killed, tmux} = world()
  const session = await backend.start(quiet('a'))
  const split = (...args: string[]) => Number(tmux(...args, '-P', '-F', '#{pane_pid}', 'sleep', '600'))
  const pids = [
    session.pid,
    split('split-window', '-t', '=a:'),
    split('new-window', '-t', '=a:'),
    split('new-window', '-d', '-t', '=a:'),
  ]
  expect(await backend.stop(session, now)).toBe('stopped')
  expect(killed[0]?.roots.toSorted()).toEqual(pids.toSorted())
  expect(pids.filter(isAlive)).toEqual([])
})

test('stop_DeadSession: its pid is not killed, since another process may have it', async () => {
  const {backend, killed} = world()
  const session = await backend.start(quiet('a', {env: {GT_SESSION_ID: 'town/a/1'}}))
  process.kill(session.pid, 'SIGKILL')
  await until('it to be dead', async () => (await backend.inspect('a'))?.liveness === 'dead')
  expect(await backend.stop(session, now)).toBe('stopped')
  expect(killed).toMatchObject([{roots: [], marker: 'town/a/1'}])
  expect(await backend.inspect('a')).toBeUndefined()
})

test('stop_Successor: an earlier life’s handle does not touch it, even under the same id', async () => {
  const {backend, killed, tmux} = world()
  const first = await backend.start(quiet('a'))
  tmux('kill-server')
  const second = await backend.start(quiet('a'))
  expect(second.id).toBe(first.id)
  expect(await backend.stop(first, now)).toBe('absent')
  expect(killed).toEqual([])
  expect(await backend.inspect('a')).toEqual(second)
})

test('stop_SuccessorCreatedBeforeTheKill: is not touched', async () => {
  const box = sandbox()
  const first = await world({}, box).backend.start(quiet('a'))
  const slow = {
    ...killer,
    end: async () => {
      box.tmux('kill-server')
      const looks = () => String(spawnSync('tmux', ['list-sessions'], {env: box.env}).stderr)
      await until('the server to be gone', () => /no server running|error connecting/.test(looks()))
      box.tmux('new-session', '-d', '-s', 'a', 'sleep', '600')
      return []
    },
  }
  expect(await createTmuxBackend({killer: slow, env: box.env}).stop(first, now)).toBe('stopped')
  expect(box.tmux('list-sessions', '-F', '#{session_id} #{session_name}')).toBe(`${first.id} a\n`)
})

test('stop_SessionThatEndsWithItsProcesses: is no error, even for the server’s last session', async () => {
  const {backend, tmux} = world()
  tmux('new-session', '-d', '-s', 'a', 'sleep', '600')
  const session = await backend.inspect('a')
  if (!session) throw new Error('tmux made no session')
  expect(await backend.stop(session, now)).toBe('stopped')
  expect(await backend.inspect('a')).toBeUndefined()
})

test('stop_ForeignSession: has no marker, and the server’s own is not taken for it', async () => {
  const {backend, killed, tmux} = world()
  await backend.start(quiet('a'))
  tmux('new-session', '-d', '-s', 'b', '-e', 'GT_SESSION_ID=infra', 'sleep', '600')
  for (const session of await backend.list()) await backend.stop(session, now)
  expect(killed.map((target) => Object.keys(target))).toEqual([
    ['roots', 'parentPid'],
    ['roots', 'parentPid'],
  ])
})

test('stop_HookThatRespawns: nothing is started again', async () => {
  const box = sandbox()
  writeFileSync(
    join(box.dir, 'home', '.tmux.conf'),
    'set -g remain-on-exit on\nset-hook -g pane-died respawn-pane\n',
  )
  const panes = () =>
    box.tmux('list-panes', '-a', '-F', '#{pane_pid} #{pane_dead}').trim().split('\n').toSorted()
  const rude = {
    ...killer,
    end: async ({roots}: KillTarget) => {
      for (const pid of roots) process.kill(pid, 'SIGKILL')
      await until('the panes to be dead', () => roots.every((pid) => panes().includes(`${pid} 1`)))
      // When a job of tmux's own ends, tmux notices every other end and runs its hooks.
      box.tmux('run-shell', 'true', ';', 'run-shell', 'true')
      expect(panes()).toEqual(expect.arrayContaining(roots.map((pid) => `${pid} 1`)))
      return []
    },
  }
  const backend = createTmuxBackend({killer: rude, env: box.env})
  await backend.start(quiet('a'))
  box.tmux('split-window', '-t', '=a:', 'sleep', '600')
  box.tmux('new-session', '-d', '-s', 'foreign', 'sleep', '600')
  for (const session of await backend.list()) expect(await backend.stop(session, now)).toBe('stopped')
  expect(await backend.list()).toEqual([])
})

test('start_HookThatRespawns: a dead agent stays dead', async () => {
  const box = sandbox()
  writeFileSync(join(box.dir, 'home', '.tmux.conf'), 'set-hook -g pane-died respawn-pane\n')
  const {backend} = world({}, box)
  const {pid} = await backend.start(quiet('a'))
  process.kill(pid, 'SIGKILL')
  await until('it to be dead', async () => (await backend.inspect('a'))?.liveness === 'dead')
  expect(await backend.inspect('a')).toMatchObject({pid, liveness: 'dead'})
})

test('stop_Survivors: rejects naming them, and the session is kept so that it can be repeated', async () => {
  const {backend, env} = world()
  const session = await backend.start(quiet('a'))
  const survivors = [
    {pid: 4711, command: 'stubborn'},
    {pid: 4712, command: 'worse'},
  ]
  const failing = createTmuxBackend({killer: {...killer, end: async () => survivors}, env})
  await expect(failing.stop(session, now)).rejects.toMatchObject({
    code: 'SURVIVORS',
    exitCode: 1,
    message: "session 'a' could not be ended; these processes survive: 4711 (stubborn), 4712 (worse)",
    details: {survivors},
  })
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
  {id: '$0;kill-server', incarnation: 'x'},
  {id: '=a', incarnation: 'x'},
  {id: '$0', incarnation: '#(touch evil)'},
  {id: '$0', incarnation: 'a,b}'},
  {id: '$0', incarnation: '#(touch evil)a'},
  {id: 'x$0', incarnation: 'x'},
])('anyMethod_HandleWith $id $incarnation: is refused, and nothing is asked', async (parts) => {
  const box = sandbox()
  const log = join(box.dir, 'log')
  const {backend} = world({PATH: fakeTmux(box, `echo "$*" >> '${log}'; exit 9`)}, box)
  const handle = {name: 'a', ...parts}
  const refused = {code: 'INVALID_HANDLE'}
  await expect(backend.stop(handle, now)).rejects.toMatchObject(refused)
  await expect(backend.capture(handle, {lines: 1})).rejects.toMatchObject(refused)
  await expect(backend.type(handle, 'x')).rejects.toMatchObject(refused)
  await expect(backend.environment(handle)).rejects.toMatchObject(refused)
  await expect(backend.views([handle])).rejects.toMatchObject(refused)
  expect(readIfThere(log)).toBe('')
})

test.each([
  ['tells no environment', 'show-environmen', []],
  ['ends no session', 'kill-sessio', [{marker: 'town/a/1'}]],
])('stop_TmuxThat %s: is no stop, and the session is kept', async (_, command, ended) => {
  const box = sandbox()
  const here = world({}, box)
  const session = await here.backend.start(quiet('a', {env: {GT_SESSION_ID: 'town/a/1'}}))
  const fail = `tmux "$@"; echo 'no way' >&2; exit 1`
  const skip = `echo 'no way' >&2; exit 1`
  const script = command === 'kill-sessio' ? skip : fail
  const path = fakeTmux(box, `case $* in *${command}*) ${script};; esac; exec tmux "$@"`)
  const failing = world({PATH: path}, box)
  await expect(failing.backend.stop(session, now)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  expect(failing.killed).toMatchObject(ended)
  expect(await here.backend.inspect('a')).toMatchObject({stopping: true})
})

test('stop_WithTheRealKiller: nothing of a stubborn tree survives', async () => {
  const box = sandbox()
  const {dir} = box
  const backend = createTmuxBackend({killer, env: box.env})
  const stubborn = join(dir, 'stubborn')
  writeFileSync(stubborn, `trap '' TERM HUP\nsleep 600 &\necho $! >> '${dir}/pids'\nwait\n`)
  const script = `setsid sh '${stubborn}' & exec sh '${stubborn}'`
  const env = {GT_SESSION_ID: `${dir}/a/1`}
  const session = await backend.start(quiet('a', {command: ['/bin/sh', '-c', script], env}))
  const sleepers = () => readIfThere(join(dir, 'pids')).trim().split('\n').map(Number)
  await until('the tree to grow', () => sleepers().length === 2)
  expect(await backend.stop(session, {graceMs: 100})).toBe('stopped')
  expect([session.pid, ...sleepers()].filter(isAlive)).toEqual([])
  expect(await backend.inspect('a')).toBeUndefined()
})
