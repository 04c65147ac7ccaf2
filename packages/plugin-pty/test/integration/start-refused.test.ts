import {readdirSync} from 'node:fs'
import {expect, test} from 'vitest'
import {quiet, world} from '../support/world.js'

test.each(['a:b', 'a.b', '=a', '-a', 'a b', '../a', 'a/b', '', 'a'.repeat(201)])(
  'start_Name %s: is refused, and so it is by inspect',
  async (name) => {
    const {backend} = world()
    await expect(backend.start(quiet(name))).rejects.toMatchObject({code: 'INVALID_NAME'})
    await expect(backend.inspect(name)).rejects.toMatchObject({code: 'INVALID_NAME'})
  },
)

test.each([
  ['a NUL in an argument', {command: ['/bin/echo', 'a\0b'] as [string, string]}],
  ['a NUL in the environment', {env: {A: '\0'}}],
  ['a variable without a name', {env: {'': 'x'}}],
  ['an equals sign in a variable’s name', {unsetEnv: ['A=B']}],
  ['a directory that does not exist', {cwd: '/nowhere'}],
])('start_%s: is refused, and nothing is started', async (_, more) => {
  const here = world()
  await expect(here.backend.start(quiet('a', more))).rejects.toMatchObject({code: 'INVALID_SESSION'})
  expect(readdirSync(here.sessions)).toEqual([])
})
