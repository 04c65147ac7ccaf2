import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Killer} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {killer} from '../../../process/src/index.js'
import {createTmuxBackend} from '../../src/backend.js'
import {fakeTmux, isAlive, quiet, readIfThere, world} from '../support/world.js'

const serverIsGone = /no server running|error connecting/

test.each(['a:b', 'a.b', '=a', '-a', 'a b', '#{pid}', '', 'a'.repeat(201)])(
  'start_Name %s: is refused',
  async (name) => {
    const {backend, tmux} = world()
    await expect(backend.start(quiet(name))).rejects.toMatchObject({code: 'INVALID_NAME'})
    expect(() => tmux('list-sessions')).toThrow(serverIsGone)
  },
)

test.each([
  ['a NUL in an argument', {command: ['/bin/echo', 'a\0b'] as [string, string]}],
  ['a NUL in the environment', {env: {A: '\0'}}],
  ['a variable without a name', {env: {'': 'x'}}],
  ['an equals sign in a variable’s name', {unsetEnv: ['A=B']}],
  ['a format as colour', {appearance: {title: 'a', background: '#(touch evil)', foreground: 'red'}}],
  ['an incarnation that tmux could misread', {labels: {incarnation: '#(touch evil)'}}],
  ['a directory that does not exist', {cwd: '/nowhere'}],
  ['a file as directory', {cwd: '/etc/passwd'}],
])('start_%s: is refused, and nothing is started', async (_, more) => {
  const {backend, tmux} = world()
  await expect(backend.start(quiet('a', more))).rejects.toMatchObject({
    code: 'INVALID_SESSION',
    message: expect.stringMatching(/^session 'a' cannot be started: /),
  })
  expect(() => tmux('list-sessions')).toThrow(serverIsGone)
})

test('start_VariableNamedLikeASecret: the message shows no value', async () => {
  const {backend} = world()
  await expect(backend.start(quiet('a', {env: {TOKEN: 's3cret\0'}}))).rejects.not.toThrow(/s3cret/)
})

test('start_AbortedBefore: rejects with the reason, and no server is started', async () => {
  const {backend, tmux} = world()
  const reason = new Error('enough')
  await expect(backend.start(quiet('a'), {signal: AbortSignal.abort(reason)})).rejects.toBe(reason)
  expect(() => tmux('list-sessions')).toThrow(serverIsGone)
})

test('start_AbortedWhileTmuxCreatesIt: rejects with the reason, and session and process are gone', async () => {
  const box = sandbox()
  const [made, go] = [join(box.dir, 'made'), join(box.dir, 'go')]
  const path = fakeTmux(
    box,
    `case $* in *source-fil*) tmux "$@"; : > ${made}; until [ -e ${go} ]; do sleep 0.01; done;; *) exec tmux "$@";; esac`,
  )
  const {backend, killed} = world({PATH: path}, box)
  const keeper = await world({}, box).backend.start(quiet('keeper'))
  const [controller, reason] = [new AbortController(), new Error('enough')]
  const starting = backend.start(quiet('a', {env: {GT_SESSION_ID: 'town/a/1'}}), {
    signal: controller.signal,
  })
  const rejection = expect(starting).rejects.toBe(reason)
  await until('tmux to have made it', () => existsSync(made))
  const born = await world({}, box).backend.inspect('a')
  controller.abort(reason)
  writeFileSync(go, '')
  await rejection
  expect(await backend.list()).toEqual([keeper])
  expect(killed).toMatchObject([{roots: [born?.pid], marker: 'town/a/1'}])
  expect(isAlive(born?.pid ?? 0)).toBe(false)
})

test('start_AbortedBeforeTmuxIsCalled: nothing is created', async () => {
  const box = sandbox()
  const log = join(box.dir, 'log')
  const path = fakeTmux(box, `echo "$*" >> '${log}'; exec tmux "$@"`)
  const [controller, reason] = [new AbortController(), new Error('enough')]
  const contain: Killer['contain'] = async (command) => {
    controller.abort(reason)
    return [...command]
  }
  const backend = createTmuxBackend({killer: {...killer, contain}, env: {...box.env, PATH: path}})
  await expect(backend.start(quiet('a'), {signal: controller.signal})).rejects.toBe(reason)
  expect(readIfThere(log)).not.toContain('source-fil')
})

test('start_RemovalThatFails: the error says what may be left behind', async () => {
  const box = sandbox()
  const survivors = [{pid: 4711, command: 'stubborn'}]
  const stubborn: Killer = {...killer, end: async () => survivors}
  const path = fakeTmux(
    box,
    `case $* in *source-fil*) tmux "$@" | sed 's/|one|/|two|/';; *) exec tmux "$@";; esac`,
  )
  const backend = createTmuxBackend({killer: stubborn, env: {...box.env, PATH: path}})
  await expect(backend.start(quiet('a', {labels: {incarnation: 'one'}}))).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
    message: expect.stringMatching(/^session 'a' is lost.*may be left behind: .*4711/),
  })
})

test('start_WrongIncarnation: rejects, and nothing is left behind', async () => {
  const box = sandbox()
  const path = fakeTmux(
    box,
    `case $* in *source-fil*) tmux "$@" | sed 's/|one|/|two|/';; *) exec tmux "$@";; esac`,
  )
  const {backend} = world({PATH: path}, box)
  await expect(backend.start(quiet('a', {labels: {incarnation: 'one'}}))).rejects.toMatchObject({
    code: 'SESSION_LOST',
  })
  expect(await backend.list()).toEqual([])
})

test.each([
  ['never comes up', 'server exited unexpectedly', 5],
  ['says something that nobody foresaw', 'no way', 1],
])('start_ServerThat %s: is given up', async (_, words, tries) => {
  const box = sandbox()
  const log = join(box.dir, 'log')
  const fail = `echo x >> '${log}'; echo '${words}' >&2; exit 1`
  const {backend} = world(
    {PATH: fakeTmux(box, `case $* in *source-fil*) ${fail};; esac; exec tmux "$@"`)},
    box,
  )
  await expect(backend.start(quiet('a'))).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  expect(readIfThere(log)).toBe('x\n'.repeat(tries))
})
