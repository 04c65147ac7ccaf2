import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {diagnose} from '../../src/diagnose.js'
import {fakeTmux} from '../support/world.js'

const program = async (env: NodeJS.ProcessEnv) => (await diagnose(env)).requirements?.[0]

const server = async (env: NodeJS.ProcessEnv) => (await diagnose(env)).runtime?.[0]?.message

test.each([
  ['tmux 3.2', 'ok', null],
  ['tmux 3.2a', 'ok', null],
  ['tmux next-3.6', 'ok', null],
  ['tmux master', 'ok', null],
  ['tmux 4.0', 'ok', null],
  ['tmux 3.1c', 'fail', 'Update tmux.'],
])('%s: %s', async (version, status, cure) => {
  const box = sandbox()
  const message = status === 'ok' ? version : `${version} is older than 3.2`
  expect(await program({...box.env, PATH: fakeTmux(box, `echo '${version}'`)})).toEqual({
    check: 'tmux',
    status,
    message,
    cure,
  })
})

test('No tmux: a warning, since another backend may be there', async () => {
  const {dir, env} = sandbox()
  mkdirSync(join(dir, 'empty'))
  expect(await program({...env, PATH: join(dir, 'empty')})).toMatchObject({
    status: 'warn',
    message: 'tmux is not installed',
    cure: expect.stringContaining('apt install tmux'),
  })
})

test.each([
  ['fails', 'echo "no library" >&2; exit 3', 'tmux -V failed: no library'],
  ['fails without a word', 'exit 3', 'tmux -V failed: it ended with code 3'],
])('A tmux that %s: is not missing, and the server is told of all the same', async (_, script, message) => {
  const box = sandbox()
  const {requirements, runtime} = await diagnose({...box.env, PATH: fakeTmux(box, script)})
  expect(requirements).toMatchObject([{status: 'fail', message}])
  expect(runtime).toHaveLength(1)
})

const socketOf = ({env}: Sandbox, name: string) =>
  join(env.TMUX_TMPDIR ?? '', `tmux-${process.getuid?.()}`, name)

test('A server: none, one that listens, one that was killed; and the one that GT_TMUX_SOCKET names', async () => {
  const box = sandbox()
  const socket = socketOf(box, 'default')
  expect(await server(box.env)).toBe(`no tmux server runs on ${socket}`)
  box.tmux('new-session', '-d', '-s', 'mine', 'sleep 600')
  expect(await server(box.env)).toBe(`a tmux server listens on ${socket}`)
  expect(await server({...box.env, GT_TMUX_SOCKET: 'other'})).toBe(
    `no tmux server runs on ${socketOf(box, 'other')}`,
  )
  process.kill(Number(box.tmux('display-message', '-p', '#{pid}')), 'SIGKILL')
  const gone = `no tmux server listens on ${socket} any more: the next start replaces it`
  await until('the server to be gone', async () => (await server(box.env)) === gone)
})

test('Nothing is started by it', async () => {
  const box = sandbox()
  await diagnose(box.env)
  expect(await server(box.env)).toMatch(/^no tmux server runs/)
})
