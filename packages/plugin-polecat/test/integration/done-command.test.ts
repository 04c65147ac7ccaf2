import {readMail, witnessMailbox} from '@gtown/sdk/mail'
import {expect, test} from 'vitest'
import {runCommand} from '../../../sdk/test/support/run-command.js'
import Done from '../../src/commands/done.js'
import {spawnWorker} from '../../src/spawn.js'
import {makeWorld, type World} from '../support/world.js'

async function working(): Promise<World> {
  const world = makeWorld()
  await spawnWorker(world.services, world.request('nux'))
  world.calls.length = 0
  world.place.cwd = world.path('nux')
  Object.assign(world.place.env, {...world.box.env})
  return world
}

const done = ({services}: World, ...argv: string[]) => runCommand(Done, argv, services.host)

const letters = ({rig}: World) => readMail(witnessMailbox(rig))

test('In a sandbox: recorded, then the session ends, then the witness is told, once', async () => {
  const world = await working()
  const {sessions} = world.services.host
  const {stop} = sessions
  sessions.stop = async (...args) => {
    expect(world.record('nux').exit).toBe('COMPLETED')
    expect(await letters(world)).toEqual([])
    return await stop(...args)
  }
  expect(await done(world)).toMatchObject({
    error: undefined,
    stdout: expect.stringContaining('nux: COMPLETED'),
  })
  expect(world.calls).toEqual(['stop gt-alpha-nux'])
  expect(await letters(world)).toHaveLength(1)
})

test('It says how much was pushed, and what was not', async () => {
  const world = await working()
  const nothing = '  Nothing was committed: the branch has no commits of its own\n'
  expect((await done(world)).stdout).toContain(nothing)
  const {branch} = world.record('nux')
  world.git(world.path('nux'), 'switch', '--quiet', '-c', 'side')
  world.commit('nux', 'aside')
  world.git(world.path('nux'), 'switch', '--quiet', branch)
  const head = world.commit('nux', 'work')
  const lines = [
    `Pushed: ${branch} at ${head.slice(0, 12)}`,
    'Commits: 1',
    'Not pushed: 1 commit on branch side',
  ]
  expect((await done(world)).stdout).toContain(lines.map((line) => `  ${line}\n`).join(''))
  const json = JSON.parse((await done(world, '--json')).stdout)
  expect(json).toMatchObject({commits: 1, not_pushed: ['1 commit on branch side']})
})

test('From inside the session, where the call ends with it, the witness is not told: that is done outside', async () => {
  const world = await working()
  world.services.host.sessions.stop = () => Promise.reject(new Error('it ended'))
  expect((await done(world)).error).toMatchObject({message: 'it ended'})
  expect(await letters(world)).toEqual([])
})

test('What is refused ends no session, and nobody is told', async () => {
  const world = await working()
  world.write('nux', 'draft')
  for (const exit of ['COMPLETED', 'PHASE_COMPLETE']) {
    expect((await done(world, '--exit', exit)).error).toMatchObject({code: 'NOT_COMMITTED'})
  }
  expect([world.calls, await letters(world)]).toEqual([[], []])
})

test('The session says whose work it is, wherever its agent stands', async () => {
  const world = await working()
  world.place.cwd = world.rig
  Object.assign(world.place.env, {GT_POLECAT: 'nux', GT_RIG: 'alpha'})
  expect((await done(world)).error).toBeUndefined()
  expect(world.record('nux').exit).toBe('COMPLETED')
})

test.each(['.', 'witness/nux', 'polecats', '..', '../polecats/nux'])(
  'In %s it is wrong usage',
  async (where) => {
    const world = await working()
    world.place.cwd = `${world.rig}/${where}`.replace('alpha/..', '').replace(/\/\.?$/, '')
    expect((await done(world)).error).toMatchObject({code: 'USAGE', exitCode: 2})
    expect(world.calls).toEqual([])
  },
)
