// Workers whose work is done: the sandbox is removed only when everything in it certainly exists elsewhere.
import {existsSync, mkdirSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {listRemoved} from '@gtown/workers/put-away'
import {expect, test} from 'vitest'
import {recordFile} from '../../../packages/workers/src/record.js'
import {finished, push, whenDue} from './support/finished.js'
import {doneFor, MINUTE, makeWorld, verdictOf} from './support/world.js'

test('Pushed: session ended, sandbox removed, commit at the origin', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  const head = nux.commit('work')
  nux.push()
  await world.cycle()
  await nux.kill()
  nux.note({exit: 'COMPLETED', done_at: new Date().toISOString()})
  expect(doneFor(await world.cycle(2 * MINUTE), 'nux')).toEqual([])
  expect(doneFor(await world.cycle(11 * MINUTE), 'nux')).toEqual(['end-session', 'nuke'])
  expect([nux.isThere(), existsSync(join(world.rig, 'polecats/nux'))]).toEqual([false, false])
  expect(world.git(world.origin, 'rev-parse', nux.branch)).toBe(head)
  const {sandboxes} = await listRemoved({git: world.services.git, rig: {name: 'alpha', path: world.rig}})
  expect(sandboxes).toMatchObject([{name: 'nux', state: 'removed', head, verdict: {is: 'safe'}}])
  expect((await world.cycle(MINUTE)).polecats).toEqual([])
})

test('Open merge request: nothing is done', async () => {
  const [world, nux] = finished({merge_request: 'open'})
  nux.commit('work')
  nux.push()
  const report = await whenDue(world)
  expect([verdictOf(report, 'nux'), doneFor(report, 'nux'), nux.isThere()]).toEqual([
    'waiting for merge',
    [],
    true,
  ])
})

test('Unreachable origin: nothing is removed, a person is notified in the third cycle, and it continues later', async () => {
  const [world, nux] = finished()
  push(nux)
  renameSync(world.origin, `${world.origin}.away`)
  const done: string[][] = []
  await world.cycle()
  for (let cycle = 0; cycle < 4; cycle++) done.push(doneFor(await world.cycle(11 * MINUTE), 'nux'))
  expect([done, nux.isThere()]).toEqual([[[], ['escalate'], [], []], true])
  renameSync(`${world.origin}.away`, world.origin)
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['nuke', 'resolve'])
  expect(nux.isThere()).toBe(false)
})

test('Git missing: nothing is removed', async () => {
  const [world, nux] = finished()
  push(nux)
  const programs = world.services.git
  world.services.git = () => Promise.reject(Object.assign(new Error('git could not be started'), missing))
  expect(verdictOf(await whenDue(world), 'nux')).toBe('indeterminate')
  world.services.git = programs
  expect(nux.isThere()).toBe(true)
})

const missing = {name: 'GtError', code: 'GIT_MISSING'}

test('Dirty for 100 cycles: one incident; another commit: a second', async () => {
  const [world, nux] = finished()
  nux.commit('work')
  for (let cycle = 0; cycle < 100; cycle++) await world.cycle(MINUTE / 2)
  expect(world.incidents()).toHaveLength(1)
  nux.commit('more')
  await world.cycle(MINUTE)
  expect(world.incidents()).toMatchObject([{status: 'open'}, {status: 'open'}, {status: 'resolved'}])
}, 120_000)

test('A commit after the gate’s check: nothing is removed', async () => {
  const [world, nux] = finished()
  push(nux)
  await world.cycle()
  world.beforeActing = () => void nux.commit('late')
  expect(doneFor(await world.cycle(11 * MINUTE), 'nux')).toEqual(['nuke refused'])
  expect(nux.isThere()).toBe(true)
})

test('A pushed commit after the confirmation: nothing is removed, since the decision was for another commit', async () => {
  const [world, nux] = finished()
  push(nux)
  const {processesIn} = world.services
  world.services.processesIn = (folder) => {
    nux.commit('late')
    nux.push()
    return processesIn(folder)
  }
  const report = await whenDue(world)
  expect(report.polecats[0]?.actions[0]?.outcome).toEqual({is: 'refused', detail: 'its HEAD has moved'})
  expect(nux.isThere()).toBe(true)
})

test('A process runs in the sandbox: nothing is removed', async () => {
  const [world, nux] = finished()
  push(nux)
  world.box.tmux('new-session', '-d', '-s', 'somebody', '-c', nux.path, 'sleep 600')
  expect(doneFor(await whenDue(world), 'nux')).toEqual(['nuke refused'])
  expect(nux.isThere()).toBe(true)
})

test('Another worker takes the name meanwhile: nothing of it is removed', async () => {
  const [world, nux] = finished()
  push(nux)
  await world.cycle()
  world.beforeActing = () => nux.note({incarnation: 'nux-2'})
  expect(doneFor(await world.cycle(11 * MINUTE), 'nux')).toEqual(['nuke refused'])
  expect(nux.isThere()).toBe(true)
})

test('Killed after the removal of the sandbox: the next cycle removes the rest', async () => {
  const [world, nux] = finished()
  push(nux)
  await world.cycle()
  world.git(join(world.rig, '.repo.git'), 'worktree', 'remove', nux.path)
  mkdirSync(join(world.rig, 'polecats/nux'), {recursive: true})
  await world.cycle(MINUTE)
  expect(existsSync(recordFile({rig: {name: 'alpha', path: world.rig}, name: 'nux'}))).toBe(false)
  expect((await world.cycle(MINUTE)).polecats).toEqual([])
})

test('Finished long ago with a living agent: the session is ended first', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  push(nux)
  nux.note({exit: 'COMPLETED', done_at: new Date().toISOString()})
  await world.cycle()
  expect(doneFor(await world.cycle(16 * MINUTE), 'nux')).toEqual(['end-session'])
  expect([await nux.runs(), nux.isThere()]).toEqual([false, true])
})

test('A terminal shows its session by the time of its end: it lives on', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  push(nux)
  nux.note({exit: 'COMPLETED', done_at: new Date().toISOString()})
  await world.cycle()
  world.beforeActing = () => nux.watch()
  expect(doneFor(await world.cycle(16 * MINUTE), 'nux')).toEqual(['end-session refused'])
  expect(await nux.runs()).toBe(true)
})

test('No record of its task: nothing is removed or restarted', async () => {
  const [world, nux] = finished()
  push(nux)
  rmSync(recordFile({rig: {name: 'alpha', path: world.rig}, name: 'nux'}))
  for (let cycle = 0; cycle < 4; cycle++) await world.cycle(11 * MINUTE)
  expect([nux.isThere(), await nux.runs()]).toEqual([true, false])
  expect(world.incidents()).toMatchObject([{cause: 'indeterminate'}])
})
