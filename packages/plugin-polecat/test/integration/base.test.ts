import {silentGitProgress} from '@gtown/sdk/commands'
import {describe, expect, test} from 'vitest'
import {fetchBase} from '../../src/base.js'
import {makeWorld, type World} from '../support/world.js'

const WORK = {
  limits: {silenceMs: 60_000, deadlineMs: 60_000, file: 'config.json'},
  progress: silentGitProgress,
  signal: undefined,
}

const fetch = ({repository, services}: World, wanted?: string) =>
  fetchBase({git: services.git, path: repository}, wanted, WORK)

const seed = ({git, box}: World, ...args: string[]) => git(`${box.dir}/seed`, ...args)

describe('fetchBase', () => {
  test('Work begins from where the origin is now, be its branch rewritten', async () => {
    const world = makeWorld()
    await fetch(world, 'develop')
    seed(world, 'commit', '--quiet', '--amend', '--message', 'another')
    seed(world, 'push', '--quiet', '--force', 'origin', 'develop')
    const commit = seed(world, 'rev-parse', 'develop')
    expect(await fetch(world, 'develop')).toEqual({branch: 'develop', commit})
  })

  test('Without a word on it, from the default branch of the origin', async () => {
    const world = makeWorld()
    expect(await fetch(world)).toMatchObject({branch: 'main'})
    world.git(world.origin, 'symbolic-ref', 'HEAD', 'refs/heads/develop')
    expect(await fetch(world)).toMatchObject({branch: 'develop'})
    world.git(world.origin, 'tag', 'v1', 'main')
    world.git(world.origin, 'symbolic-ref', 'HEAD', 'refs/tags/v1')
    await expect(fetch(world)).rejects.toMatchObject({code: 'NO_DEFAULT_BRANCH'})
    world.git(world.origin, 'update-ref', '--no-deref', 'HEAD', 'main')
    await expect(fetch(world)).rejects.toMatchObject({code: 'NO_DEFAULT_BRANCH'})
  })

  test.each([
    ['-x..y', 'USAGE'],
    ['nowhere', 'NO_BRANCH'],
    ['', 'USAGE'],
  ])('A base like %j is refused', async (wanted, code) => {
    await expect(fetch(makeWorld(), wanted)).rejects.toMatchObject({code})
  })

  const busy = {code: 1, stdout: '', stderr: "error: cannot lock ref 'refs/remotes/origin/main'"}

  test.each([
    [1, 'worked'],
    [2, 'worked'],
    [9, 'GIT_FAILED'],
  ])('When another fetch is in its way %i times, it has %s', async (times, expected) => {
    const world = makeWorld()
    let tries = 0
    world.intercept(async (args, ask) => (args[0] === 'fetch' && tries++ < times ? busy : await ask()))
    const outcome = await fetch(world, 'main').then(
      () => 'worked',
      ({code}) => code,
    )
    expect(outcome).toBe(expected)
  })

  test('Any other failure is told at once, without the password of the address', async () => {
    const world = makeWorld()
    let tries = 0
    const stderr = "remote: no\nfatal: unable to access 'https://me:secret@host/x.git/': no way\n"
    world.intercept(async (args, ask) => {
      if (args[0] !== 'fetch') return await ask()
      tries++
      return {code: 128, stdout: '', stderr}
    })
    await expect(fetch(world, 'main')).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: "git fetch failed: fatal: unable to access 'https://host/x.git/': no way",
    })
    expect(tries).toBe(1)
  })
})
