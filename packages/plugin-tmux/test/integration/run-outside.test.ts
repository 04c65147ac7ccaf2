import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {dumped, fakeTmux, fixture, quiet, readIfThere, world} from '../support/world.js'

test('runOutside_InASession: the program belongs to no session, and lives on', async () => {
  const {backend, dir, tmux} = world()
  const session = await backend.start(quiet('a', {env: {GT_SESSION_ID: 'town/a/1'}}))
  const file = join(dir, 'out')
  const env = {GT_SESSION_ID: 'town/a/1', OWN: 'x'}
  await backend.runOutside(fixture('dump.mjs', file, 'two words'), {cwd: dir, env})
  const found = await dumped(file)
  expect(found).toMatchObject({args: ['two words'], cwd: dir, env: {GT_SESSION_ID: 'infra', OWN: 'x'}})
  expect(Object.keys(found.env).filter((name) => name.startsWith('TMUX'))).toEqual(['TMUX_TMPDIR'])
  await backend.stop(session, {graceMs: 0})
  expect(readIfThere(`/proc/${found.pid}/cmdline`)).toContain('dump.mjs')
  tmux('kill-server')
})

test('runOutside_ProgramThatEnds: leaves no session', async () => {
  const {backend, dir} = world()
  await backend.start(quiet('a'))
  await backend.runOutside(['/bin/true', 'x'], {cwd: dir, env: {}})
  await until('its session to end', async () => (await backend.list()).length === 1)
})

test('runOutside_TmuxThatStartsNothing: is an error', async () => {
  const box = sandbox()
  const {backend} = world({PATH: fakeTmux(box, 'exit 0')}, box)
  await expect(backend.runOutside(['/bin/true'], {cwd: box.dir, env: {}})).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
  })
})
