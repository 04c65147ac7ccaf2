import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {diagnose} from '../../src/diagnose.js'
import {quiet, world} from '../support/world.js'

test('Sessions that run: their number, and where they are kept', async () => {
  const {backend, env, sessions} = world()
  await backend.start(quiet('gt-a-witness'))
  expect(await diagnose(env)).toEqual({
    runtime: [{check: 'socket', status: 'ok', message: `1 pty sessions in ${sessions}`, cure: null}],
  })
})

test('Sockets that nobody listens on: a warning with their number; other files are none', async () => {
  const {backend, env, sessions} = world()
  await backend.start(quiet('gt-a-witness'))
  const files = ['two.sock', 'three.sock', 'four.json'].map((name) => join(sessions, name))
  for (const file of files) writeFileSync(file, '')
  const {runtime} = await diagnose(env)
  for (const file of files) rmSync(file)
  expect(runtime).toMatchObject([
    {
      status: 'warn',
      message: expect.stringContaining(`nobody listens on 2 of 3 sockets in ${sessions}`),
      cure: expect.stringContaining('Stop or start'),
    },
  ])
})

test.each(['/nowhere/at/all', '/dev/null/pty'])('%s: no session', async (folder) => {
  expect((await diagnose({GT_PTY_DIR: folder})).runtime).toMatchObject([
    {status: 'ok', message: `0 pty sessions in ${folder}`},
  ])
})
