import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {spawn} from '@lydell/node-pty'
import {expect, onTestFinished, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../../process/src/index.js'
import {createPtyBackend} from '../../src/backend.js'
import {runDetached} from '../../src/run-outside.js'
import {fakeShim} from '../support/fake-shim.js'
import {quiet, readIfThere, shell, shimOf, world} from '../support/world.js'

test('runOutside_InASession: starts a program under the shim that does not belong to the session', async () => {
  const here = world()
  const session = await here.backend.start(quiet('a', {env: {GT_SESSION_ID: here.marker}}))
  const {GT_PTY_SOCKET = ''} = await here.backend.environment(session)
  const file = join(here.dir, 'out')
  const inside = createPtyBackend({killer, env: {...here.env, GT_PTY_SOCKET}})
  const env = {...here.env, GT_SESSION_ID: here.marker, GT_PTY_SOCKET, OWN: 'x'}
  await inside.runOutside(
    shell(
      `echo $PPID $GT_SESSION_ID $GT_PTY_SOCKET $OWN $PWD $(ls -l /proc/self/fd | grep -c ptmx) > ${file}`,
    ),
    {
      cwd: here.dir,
      env,
    },
  )
  await until('the program to run', () => readIfThere(file).endsWith('\n'))
  expect(readIfThere(file)).toBe(`${shimOf(here)} infra x ${here.dir} 0\n`)
})

test('runOutside_NoSession: starts it directly; a missing program is an error', async () => {
  const here = world()
  const file = join(here.dir, 'out')
  await here.backend.runOutside(shell(`echo $GT_SESSION_ID > ${file}`), {cwd: here.dir, env: here.env})
  await until('the program to run', () => readIfThere(file) === 'infra\n')
  const missing = here.backend.runOutside(['/nowhere/x'], {cwd: '/', env: {}})
  await expect(missing).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
})

test('runOutside_ShimThatRefuses: is an error, and nothing is started', async () => {
  const {dir, env} = sandbox()
  const file = join(dir, 'out')
  const {socket} = await fakeShim(join(dir, 'pty'), {run: {refusal: 'failed', reason: 'too many'}})
  const inside = createPtyBackend({killer, env: {...env, GT_PTY_SOCKET: socket}})
  const touch = (path: string): [string, string] => ['/usr/bin/touch', path]
  await expect(inside.runOutside(touch(file), {cwd: dir, env})).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
  })
  const elsewhere = createPtyBackend({killer, env})
  await elsewhere.runOutside(touch(join(dir, 'later')), {cwd: dir, env})
  await until('a later program', () => existsSync(join(dir, 'later')))
  expect(existsSync(file)).toBe(false)
})

test('runDetached_DescriptorThatIsHidden: the program does not get it', async () => {
  const {dir} = sandbox()
  const terminal = spawn('/bin/sleep', ['600'], {})
  onTestFinished(() => terminal.kill('SIGKILL'))
  const {fd} = terminal as typeof terminal & {fd: number}
  const shown = async (file: string, hidden?: number) => {
    const path = join(dir, file)
    const script = `ls -l /proc/self/fd | grep -c ptmx > ${path}.new; mv ${path}.new ${path}`
    await runDetached(shell(script), {cwd: dir, env: {PATH: process.env.PATH ?? ''}}, hidden)
    return until('the program to run', () => readIfThere(path))
  }
  expect([await shown('all'), await shown('hidden', fd)]).toEqual(['1\n', '0\n'])
})
