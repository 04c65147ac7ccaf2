// The rig's standing, and its surroundings.
import {mkdirSync, renameSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pause, resume} from '@gtown/sdk/watchdog'
import {describe, expect, test} from 'vitest'
import {pauseFile} from '../../../src/patrol/pause.js'
import {doneFor, MINUTE, makeWorld, type Polecat, verdictOf, type World} from './support/world.js'

async function crashed(): Promise<[World, Polecat]> {
  const world = makeWorld()
  const nux = world.polecat('nux')
  await nux.start()
  await world.cycle()
  await nux.kill()
  return [world, nux]
}

test('Paused: nothing is done; resumed: actions follow', async () => {
  const [world, nux] = await crashed()
  await pause(pauseFile(world.rig), {reason: 'moving', by: 'me'})
  const report = await world.cycle(MINUTE)
  expect([verdictOf(report, 'nux'), await nux.runs()]).toEqual(['skipped', false])
  await resume(pauseFile(world.rig))
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['restart'])
})

test('Parked by the original: nothing is done', async () => {
  const [world, nux] = await crashed()
  mkdirSync(join(world.town, '.beads-wisp/config'), {recursive: true})
  const parked = {rig: 'alpha', values: {status: 'parked'}, blocked: []}
  writeFileSync(join(world.town, '.beads-wisp/config/alpha.json'), JSON.stringify(parked))
  expect(verdictOf(await world.cycle(MINUTE), 'nux')).toBe('skipped')
  expect(await nux.runs()).toBe(false)
})

test('A work source fails: nothing is done, and a person is notified once, in the third cycle', async () => {
  const [world, nux] = await crashed()
  world.works.push({name: 'store', priority: 1, read: () => Promise.reject(new Error('the store is locked'))})
  const done: string[][] = []
  for (let cycle = 0; cycle < 5; cycle++) done.push(doneFor(await world.cycle(MINUTE), 'nux'))
  expect(done).toEqual([[], [], ['escalate'], [], []])
  expect([await nux.runs(), nux.isThere()]).toEqual([false, true])
  expect(world.incidents()).toMatchObject([{cause: 'indeterminate'}])
})

test('A plugin says that the work is over: it is not restarted', async () => {
  const [world, nux] = await crashed()
  world.works.push({name: 'store', priority: 1, read: async () => ({work: 'terminal', mergeRequest: 'open'})})
  expect(verdictOf(await world.cycle(MINUTE), 'nux')).toBe('waiting for merge')
  expect(await nux.runs()).toBe(false)
})

describe('A session', () => {
  test('without a sandbox in two cycles: ended', async () => {
    const world = makeWorld()
    const nux = world.polecat('nux')
    await nux.start()
    world.git(join(world.rig, '.repo.git'), 'worktree', 'remove', '--force', nux.path)
    nux.forget()
    await world.cycle()
    expect(doneFor(await world.cycle(6 * MINUTE), 'nux')).toEqual(['end-session'])
    expect(await nux.runs()).toBe(false)
  })

  test('of somebody else with a worker’s name: not touched', async () => {
    const world = makeWorld()
    const nux = world.polecat('nux', {spawned_at: new Date(Date.now() - 60 * MINUTE).toISOString()})
    world.box.tmux('new-session', '-d', '-s', nux.session, 'sleep 600')
    for (let cycle = 0; cycle < 4; cycle++) {
      const report = await world.cycle(10 * MINUTE)
      expect(verdictOf(report, 'nux')).toBe('indeterminate')
    }
    expect(world.box.tmux('list-sessions', '-F', '#{session_name}')).toContain(nux.session)
  })

  test.each([
    ['the original', 'gt-alpha-nux', 'alpha', 'healthy'],
    ['a later original, which calls it after the prefix of its beads,', 'al-nux', 'alpha', 'healthy'],
    ['the original, of another rig with a worker of that name,', 'be-nux', 'beta', 'spawning'],
  ])('that %s made is judged by its environment', async (_, session, rig, verdict) => {
    const world = makeWorld()
    world.polecat('nux')
    const env = {GT_ROOT: world.town, GT_RIG: rig, GT_POLECAT: 'nux'}
    const flags = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`])
    world.box.tmux('new-session', '-d', '-s', session, ...flags, 'sleep 600')
    await world.cycle()
    expect(verdictOf(await world.cycle(MINUTE), 'nux')).toBe(verdict)
  })
})

test('Folders with the names of other roles are no workers', async () => {
  const world = makeWorld()
  for (const name of ['witness', 'refinery', 'crew-max']) mkdirSync(join(world.rig, 'polecats', name))
  expect((await world.cycle()).polecats).toEqual([])
})

test('Worktree without its repository: a person is notified once, and nothing is removed', async () => {
  const [world, nux] = await crashed()
  renameSync(join(world.rig, '.repo.git'), join(world.rig, '.repo.moved'))
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['escalate'])
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual([])
  expect([world.incidents(), nux.isThere()]).toMatchObject([[{cause: 'corrupt sandbox'}], true])
})

test('Failed notification: repeated until it succeeds once', async () => {
  const [world] = await crashed()
  const {escalate} = world.settings
  world.settings.escalate = {command: ['/bin/false']}
  world.settings.patrol = {crash_loop_crashes: 1}
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['escalate refused'])
  world.settings.escalate = escalate
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual(['escalate'])
  expect(doneFor(await world.cycle(MINUTE), 'nux')).toEqual([])
  expect(world.incidents()).toHaveLength(1)
})

test('An invalid setting is named, and nothing is done', async () => {
  const [world, nux] = await crashed()
  world.settings.patrol = {quiet: 'soon'}
  await expect(world.cycle(MINUTE)).rejects.toMatchObject({code: 'INVALID_SETTING', message: /quiet/})
  expect(await nux.runs()).toBe(false)
})
