import {spawnSync} from 'node:child_process'
import {copyFileSync, existsSync} from 'node:fs'
import {join} from 'node:path'
import {hasCode} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {startScript} from '../../src/start-script.js'
import {fakeTmux, quiet, readIfThere, world} from '../support/world.js'

test('start_FreeName: returns the session that inspect finds', async () => {
  const {backend} = world()
  const labels = {town: '/a b/ü', rig: 'a|b=c&d%', incarnation: 'one'}
  const session = await backend.start(quiet('gt-a-witness', {labels}))
  expect(session).toMatchObject({
    name: 'gt-a-witness',
    incarnation: 'one',
    liveness: 'alive',
    attached: 0,
    labels,
  })
  expect(await backend.inspect('gt-a-witness')).toEqual(session)
  const commandLine = '/bin/sleep\x00600\x00'
  await until('its process to run', () => readIfThere(`/proc/${session.pid}/cmdline`) === commandLine)
})

test('start_NoIncarnationGiven: each session gets its own', async () => {
  const {backend} = world()
  const [a, b] = await Promise.all(['a', 'b'].map((name) => backend.start(quiet(name))))
  expect(a?.incarnation).not.toBe(b?.incarnation)
})

test('start_NameTaken: rejects with SESSION_EXISTS and changes nothing', async () => {
  const {backend} = world()
  const labels = {owner: 'first'}
  const appearance = {title: 'second', background: 'red', foreground: 'blue'}
  const first = await backend.start(quiet('gt-a-witness', {labels, env: {GT_ROOT: '/first'}}))
  const second = backend.start(
    quiet('gt-a-witness', {labels: {owner: 'second'}, env: {GT_ROOT: '/second'}, appearance}),
  )
  await expect(second).rejects.toMatchObject({
    code: 'SESSION_EXISTS',
    message: "session 'gt-a-witness' exists already",
  })
  expect(await backend.inspect('gt-a-witness')).toEqual({...first, environmentRoot: '/first'})
})

test('start_TwentyAtOnceOnAColdServer: one wins, and every part of the session is the winner’s', async () => {
  const {backend, tmux} = world()
  const starts = Array.from({length: 20}, (_, n) => {
    const appearance = {title: `n${n}`, background: 'red', foreground: 'blue'}
    return backend.start(quiet('gt-a-witness', {labels: {n: String(n)}, env: {N: String(n)}, appearance}))
  })
  const results = await Promise.allSettled(starts)
  const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(winners).toHaveLength(1)
  expect(losers.filter((error) => !hasCode(error, 'SESSION_EXISTS'))).toEqual([])
  const n = winners[0]?.labels.n
  expect(await backend.list()).toEqual(winners)
  expect(tmux('show-environment', '-t', '=gt-a-witness:', 'N')).toBe(`N=${n}\n`)
  expect(tmux('show-options', '-v', '-t', '=gt-a-witness:', 'status-left')).toBe(`n${n} \n`)
})

test('start_TwentyNamesAtOnceOnAColdServer: all are started', async () => {
  const {backend} = world()
  await Promise.all(Array.from({length: 20}, (_, n) => backend.start(quiet(`gt-${n}-witness`))))
  expect(await backend.list()).toHaveLength(20)
})

test('start_InputThatBreaksOff: runs nothing, wherever it is cut', async () => {
  const {tmux, env} = world()
  tmux('new-session', '-d', '-s', 'keeper')
  const appearance = {title: 'a', background: 'red', foreground: 'blue'}
  const script = startScript(quiet('gt-a-witness', {env: {A: 'b c'}, labels: {a: 'b'}, appearance}), 'one')
  const source = (input: string) =>
    spawnSync('tmux', ['-L', 'default', 'start-server', ';', 'source-file', '-'], {env, input})
  const end = script.trimEnd().length
  for (let length = 0; length < end; length += length < end - 40 ? 7 : 1) source(script.slice(0, length))
  expect(tmux('list-sessions', '-F', '#{session_name}')).toBe('keeper\n')
  source(script)
  expect(tmux('list-sessions', '-F', '#{session_name}')).toBe('gt-a-witness\nkeeper\n')
})

test('start_Appearance: is the session’s own, and nothing in the title is expanded', async () => {
  const {backend, dir, tmux} = world()
  const title = `🦉 a/witness #(touch ${dir}/evil) #{pid} %H`
  await backend.start(quiet('a', {appearance: {title, background: '#722f37', foreground: '#f5f5dc'}}))
  const option = (name: string) => tmux('show-options', '-v', '-t', '=a:', name).trim()
  expect(
    ['status-left-length', 'status-right-length', 'status-interval', 'status-style', 'mouse'].map(option),
  ).toEqual(['25', '80', '5', 'bg=#722f37,fg=#f5f5dc', 'on'])
  expect(tmux('display-message', '-p', '-t', '=a:', '#{T:status-left}')).toBe(`${title} \n`)
  expect(existsSync(join(dir, 'evil'))).toBe(false)
  tmux('new-session', '-d', '-s', 'stranger')
  for (const name of ['status-left', 'mouse', 'remain-on-exit', '@gt_labels']) {
    expect(tmux('show-options', '-qv', '-t', '=stranger:', name)).toBe('')
  }
})

test('start_ColdServerLostInARace: is retried', async () => {
  const box = sandbox()
  const count = join(box.dir, 'count')
  const path = fakeTmux(
    box,
    `case $* in *source-fil*) echo x >> ${count}; [ $(wc -l < ${count}) -gt 2 ] || { echo server exited unexpectedly >&2; exit 1; };; esac; exec tmux "$@"`,
  )
  const {backend} = world({PATH: path}, box)
  expect(await backend.start(quiet('a'))).toMatchObject({name: 'a', liveness: 'alive'})
})

test('start_ProgramThatEndsAtOnce: is a dead session with its exit', async () => {
  const {backend, dir} = world()
  const program = join(dir, 'false')
  copyFileSync('/bin/false', program)
  await backend.start(quiet('a', {command: [program]}))
  await until('it to end', async () => (await backend.inspect('a'))?.liveness === 'dead')
  expect(await backend.inspect('a')).toMatchObject({exit: {code: 1}})
})
