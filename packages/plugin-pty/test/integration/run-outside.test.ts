import {join} from 'node:path'
import {expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../../process/src/index.js'
import {createPtyBackend} from '../../src/backend.js'
import {holderOf, quiet, readIfThere, shell, world} from '../support/world.js'

test('runOutside_InASession: starts a program under its holder, that is none of the session’s', async () => {
  const here = world()
  const session = await here.backend.start(quiet('a', {env: {GT_SESSION_ID: 'town/a/1'}}))
  const {GT_PTY_SOCKET = ''} = await here.backend.environment(session)
  const file = join(here.dir, 'out')
  const inside = createPtyBackend({killer, env: {...here.env, GT_PTY_SOCKET}})
  const env = {...here.env, GT_SESSION_ID: 'town/a/1', OWN: 'x'}
  await inside.runOutside(
    shell(`echo $PPID $GT_SESSION_ID $OWN $PWD $(ls -l /proc/self/fd | grep -c ptmx) > ${file}`),
    {
      cwd: here.dir,
      env,
    },
  )
  await until('the program to run', () => readIfThere(file).endsWith('\n'))
  expect(readIfThere(file)).toBe(`${holderOf(here)} infra x ${here.dir} 0\n`)
})

test('runOutside_NoSession: starts it all the same, and a program that is not there is an error', async () => {
  const here = world()
  const file = join(here.dir, 'out')
  await here.backend.runOutside(shell(`echo $GT_SESSION_ID > ${file}`), {cwd: here.dir, env: here.env})
  await until('the program to run', () => readIfThere(file) === 'infra\n')
  const missing = here.backend.runOutside(['/nowhere/x'], {cwd: '/', env: {}})
  await expect(missing).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
})
