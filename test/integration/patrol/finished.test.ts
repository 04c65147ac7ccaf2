// Workers whose work is done: the sandbox goes when all in it is certainly somewhere else, and not before.
import {existsSync, mkdirSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {recordFile} from '../../../packages/workers/src/record.js'
import {finished, push, whenDue} from './support/finished.js'
import {doneFor, MINUTE, makeWorld, verdictOf} from './support/world.js'

test('Pushed: its session is ended, its sandbox removed, its commit is at the origin', async () => {
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
  expect((await world.cycle(MINUTE)).polecats).toEqual([])
})

test('Its merge request is open: nothing is done', async () => {
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

test('The origin cannot be reached: nothing is removed, a person is told in the third cycle, and it goes on later', async () => {
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

test('Git is not there: nothing is removed', async () => {
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

test('A commit comes after the gate has looked: nothing is removed', async () => {
  const [world, nux] = finished()
  push(nux)
  await world.cycle()
  world.beforeActing = () => void nux.commit('late')
  expect(doneFor(await world.cycle(11 * MINUTE), 'nux')).toEqual(['nuke refused'])
  expect(nux.isThere()).toBe(true)
})

test('A commit comes after it was confirmed, and is pushed: the decision was about another one', async () => {
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

test('A process works in the sandbox: nothing is removed', async () => {
  const [world, nux] = finished()
  push(nux)
  world.box.tmux('new-session', '-d', '-s', 'somebody', '-c', nux.path, 'sleep 600')
  expect(doneFor(await whenDue(world), 'nux')).toEqual(['nuke refused'])
  expect(nux.isThere()).toBe(true)
})

test('Another life takes the name after the look: nothing of it is removed', async () => {
  const [world, nux] = finished()
  push(nux)
  await world.cycle()
  world.beforeActing = () => nux.note({incarnation: 'nux-2'})
  expect(doneFor(await world.cycle(11 * MINUTE), 'nux')).toEqual(['nuke refused'])
  expect(nux.isThere()).toBe(true)
})

test('Killed after the sandbox went: the next cycle forgets the rest', async () => {
  const [world, nux] = finished()
  push(nux)
  await world.cycle()
  world.git(join(world.rig, '.repo.git'), 'worktree', 'remove', nux.path)
  mkdirSync(join(world.rig, 'polecats/nux'), {recursive: true})
  await world.cycle(MINUTE)
  expect(existsSync(recordFile({rig: {name: 'alpha', path: world.rig}, name: 'nux'}))).toBe(false)
  expect((await world.cycle(MINUTE)).polecats).toEqual([])
})

test('Finished long ago but with its agent still there: the session is ended first', async () => {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  push(nux)
  nux.note({exit: 'COMPLETED', done_at: new Date().toISOString()})
  await world.cycle()
  expect(doneFor(await world.cycle(16 * MINUTE), 'nux')).toEqual(['end-session'])
  expect([await nux.runs(), nux.isThere()]).toEqual([false, true])
})

test('A terminal shows its session by the time it would be ended: it lives on', async () => {
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

test('Nobody wrote down what it works on: nothing is removed or restarted', async () => {
  const [world, nux] = finished()
  push(nux)
  rmSync(recordFile({rig: {name: 'alpha', path: world.rig}, name: 'nux'}))
  for (let cycle = 0; cycle < 4; cycle++) await world.cycle(11 * MINUTE)
  expect([nux.isThere(), await nux.runs()]).toEqual([true, false])
  expect(world.incidents()).toMatchObject([{cause: 'indeterminate'}])
})
