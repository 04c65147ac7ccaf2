// Git commands that take long: a checkout with slow filters, a remote that is silent.
import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {describe, expect, test} from 'vitest'
import {finishWork} from '../../src/done.js'
import {spawnWorker} from '../../src/spawn.js'
import {makeWorld, type World} from '../support/world.js'

const MEANWHILE = 'showed no sign of work for 300ms, and was ended'

/** A world whose settings allow git so long a silence. */
function worldWith(silence: string): World {
  const world = makeWorld()
  world.settings.push({file: 'rig.json', agents: {}, roleAgents: {}, git: {silence}})
  return world
}

/** A script in the world's box. */
function script({box}: World, name: string, text: string): string {
  const file = join(box.dir, name)
  writeFileSync(file, `#!/bin/sh\n${text}\n`, {mode: 0o755})
  return file
}

/** From now on, a checkout of main runs this filter on a file. */
function addFilter(world: World, text: string): void {
  const {git, repository, box} = world
  const seed = join(box.dir, 'seed')
  writeFileSync(join(seed, '.gitattributes'), '*.big filter=slow\n')
  for (const name of ['a.big', 'b.big']) writeFileSync(join(seed, name), 'pointer\n')
  git(seed, 'checkout', '--quiet', 'main')
  git(seed, 'add', '.')
  git(seed, 'commit', '--quiet', '--message', 'big files')
  git(seed, 'push', '--quiet', 'origin', 'main')
  git(repository, 'config', 'filter.slow.smudge', script(world, 'filter', text))
  git(repository, 'config', 'filter.slow.required', 'true')
}

/** From now on, the origin accepts connections and says nothing. */
function silence(world: World, repository: string): void {
  const {git} = world
  const answer = '[ "$1" = -G ] && exit 1'
  git(repository, 'config', 'core.sshCommand', script(world, 'ssh', `${answer}\nsleep 1000`))
  git(repository, 'config', 'remote.origin.url', 'ssh://host/project')
}

const spawn = (world: World, more = {}) => spawnWorker(world.services, world.request('nux', more))

const settingsOf = ({rig}: World) => join(rig, 'settings/config.json')

describe('a checkout', () => {
  test('whose filter neither writes nor computes: ended, and nothing of it is left', async () => {
    const world = worldWith('300ms')
    addFilter(world, 'sleep 1000')
    await expect(spawn(world)).rejects.toMatchObject({
      code: 'GIT_TIMED_OUT',
      message: `git worktree ${MEANWHILE}`,
      hint: expect.stringContaining(`"git.silence" in ${settingsOf(world)}`),
    })
    expect(world.traces()).toEqual([])
  })

  test('whose filter computes for longer than the silence that is allowed: it succeeds', async () => {
    const world = worldWith('500ms')
    const compute = 'end=$(($(date +%s%N) + 600000000)); while [ $(date +%s%N) -lt $end ]; do :; done'
    addFilter(world, `${compute}; cat`)
    expect(await spawn(world)).toMatchObject({outcome: 'spawned'})
    expect(existsSync(join(world.path('nux'), 'b.big'))).toBe(true)
  })

  test('that the user interrupts: ended at once, and nothing of it is left', async () => {
    const world = worldWith('1m')
    const controller = new AbortController()
    addFilter(world, 'echo begun >&2; sleep 1000')
    world.services.progress = {
      read: (piece) => piece.includes('begun') && controller.abort(new Error('interrupted')),
      end() {},
    }
    const start = {timeoutMs: 1000, signal: controller.signal}
    await expect(spawn(world, {start})).rejects.toThrow('interrupted')
    expect(world.traces()).toEqual([])
  })

  test('shows how far it is, and clears that at its end', async () => {
    const world = makeWorld()
    const shown: string[] = []
    world.services.git = unattendedGit({...world.box.env, GIT_PROGRESS_DELAY: '0'})
    world.services.progress = {read: (piece) => shown.push(piece), end: () => shown.push('end')}
    await spawn(world)
    expect(shown.join('')).toMatch(/Updating files: 100% \(1\/1\), done\.\n[^%]*end$/)
  })
})

test('A fetch from a remote that says nothing is ended, and nothing is left', async () => {
  const world = worldWith('300ms')
  silence(world, world.repository)
  await expect(spawn(world, {base: 'main'})).rejects.toMatchObject({message: `git fetch ${MEANWHILE}`})
  expect(world.traces()).toEqual([])
})

test('Limits that make no sense are refused before anything is made', async () => {
  const world = worldWith('long')
  await expect(spawn(world)).rejects.toMatchObject({code: 'INVALID_SETTING'})
  expect(world.traces()).toEqual([])
})

test('A push to a remote that says nothing is ended, and nothing is recorded', async () => {
  const world = worldWith('300ms')
  await spawn(world)
  world.commit('nux', 'work')
  silence(world, world.repository)
  const before = world.record('nux')
  await expect(finishWork(world.services, world.ref('nux'), {exit: 'COMPLETED'})).rejects.toMatchObject({
    message: `git push ${MEANWHILE}`,
    hint: expect.stringContaining(settingsOf(world)),
  })
  expect(world.record('nux')).toEqual(before)
})
