import {readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {command} from '../../src/commands.js'
import {dumped, exitBy, fixture, quiet, readIfThere, world} from '../support/world.js'

/** A test world whose tmux reads this .tmux.conf. */
function worldWith(conf: string) {
  const box = sandbox()
  writeFileSync(join(box.dir, 'home', '.tmux.conf'), conf)
  return world({}, box)
}

/** Aliases of every full command name that gt uses, each of which would kill the server. */
function aliases(names: string): string {
  const full = Object.values(command).map((typed) => names.split('\n').find((name) => name.startsWith(typed)))
  return full.map((name, index) => `set -s command-alias[${100 + index}] ${name}=kill-server`).join('\n')
}

const options = `
set -g base-index 7
setw -g pane-base-index 3
set -g default-command 'exit 9'
set -g default-shell /bin/false
set -g default-size 20x5
set -g destroy-unattached on
set -g remain-on-exit on
set -g status-left '#(touch evil)'
set -g status-style 'bg=red'
set -g update-environment 'GT_SESSION_ID HOME'
set -g renumber-windows on
set -g detach-on-destroy off
set -g history-limit 0
set -g mouse off
set -g display-time 0
set -s buffer-limit 1
set -s exit-empty off
set -g prefix C-x
set -g no-such-option 1
`

test('everyOperation_HostileConf: works as without one', async () => {
  const here = worldWith('')
  const names = here.tmux('start-server', ';', 'list-commands', '-F', '#{command_list_name}')
  writeFileSync(join(here.dir, 'home', '.tmux.conf'), options + aliases(names))
  const {backend, dir} = here
  const file = join(dir, 'typed')
  const env = {GT_SESSION_ID: 'town/a/1', GT_ROOT: '/town'}
  const appearance = {title: 'a', background: 'blue', foreground: 'white'}
  const labels = {town: '/town'}
  const command: [string, ...string[]] = fixture('type.mjs', file)
  const session = await backend.start(quiet('gt-a-witness', {command, env, appearance, labels, cwd: dir}))
  await until('the prompt', async () => (await backend.capture(session, {lines: 1}))[0] === 'ready')
  expect(await backend.inspect('gt-a-witness')).toMatchObject({
    ...session,
    environmentRoot: '/town',
    lastActivityAt: expect.any(Number),
  })
  expect(await backend.list()).toHaveLength(1)
  await backend.type(session, 'one\ntwo')
  await until('the text', () => readIfThere(file) === '\x1b[200~one\rtwo\x1b[201~')
  await expect(backend.start(quiet('gt-a-witness'))).rejects.toMatchObject({code: 'SESSION_EXISTS'})
  process.kill(session.pid, 'SIGTERM')
  await until('it to be dead', async () => (await backend.inspect('gt-a-witness'))?.liveness === 'dead')
  // tmux 3.2 scrolls the only line away to print a notice, and this conf keeps no history.
  const noticed = here.tmux('-V').startsWith('tmux 3.2')
  expect(await backend.capture(session, {lines: 5})).toEqual(noticed ? [] : ['ready'])
  expect(await backend.stop(session, {graceMs: 0})).toBe('stopped')
  expect(await backend.list()).toEqual([])
  expect(readdirSync(dir)).not.toContain('evil')
})

test.each([
  ['and goes there', 'split-window -h "sleep 600"'],
  ['and comes back', 'split-window -h "sleep 600" ; select-pane -L'],
  ['before it', 'split-window -b "sleep 600"'],
  ['in a new first window', 'new-window -b "sleep 600"'],
])('start_HookThatSplits %s: the agent’s pane is the one that was started', async (_, hook) => {
  const here = worldWith(`set-hook -g after-new-session '${hook}'`)
  const {backend, dir, tmux} = here
  const session = await backend.start(quiet('a', {command: fixture('dump.mjs', join(dir, 'out'))}))
  expect((await dumped(join(dir, 'out'))).pid).toBe(session.pid)
  expect(tmux('list-panes', '-s', '-t', '=a:').trim().split('\n')).toHaveLength(2)
  expect(await backend.inspect('a')).toMatchObject({pid: session.pid, liveness: 'alive'})
  const other = tmux('list-panes', '-s', '-t', '=a:', '-F', '#{pane_pid}').trim().split('\n')
  process.kill(session.pid, 'SIGKILL')
  await until('it to be dead', async () => (await backend.inspect('a'))?.liveness === 'dead')
  expect(await backend.inspect('a')).toMatchObject({pid: session.pid, exit: exitBy('SIGKILL', here)})
  process.kill(Number(other.find((pid) => Number(pid) !== session.pid)), 'SIGKILL')
  await until(
    'the other pane to close',
    () => tmux('list-panes', '-s', '-t', '=a:').trim().split('\n').length === 1,
  )
})

test('start_ConfWithASyntaxError: the session is started, and can be typed at', async () => {
  const {backend, dir} = worldWith('no-such-command at all')
  const file = join(dir, 'typed')
  const session = await backend.start(quiet('a', {command: fixture('type.mjs', file)}))
  await until('the prompt', async () => (await backend.capture(session, {lines: 1}))[0] === 'ready')
  await backend.type(session, 'one')
  await until('the text', () => readIfThere(file) === '\x1b[200~one\x1b[201~')
})

test('start_HookThatFails: the session is started', async () => {
  const {backend} = worldWith(`set-hook -g after-new-session 'kill-pane -t =nobody:'`)
  expect(await backend.start(quiet('a'))).toEqual(await backend.inspect('a'))
})

test('start_HookThatRenames: rejects, and nothing is left behind', async () => {
  const {backend, killed} = worldWith(`set-hook -g after-new-session 'rename-session stolen'`)
  await expect(backend.start(quiet('a'))).rejects.toMatchObject({code: 'SESSION_LOST'})
  expect(await backend.list()).toEqual([])
  expect(killed).toHaveLength(1)
})

test('start_HookThatKillsTheSession: rejects, and nothing is left behind', async () => {
  const {backend} = worldWith(`set-hook -g after-new-session 'kill-session'`)
  await expect(backend.start(quiet('a'))).rejects.toMatchObject({
    code: 'SESSION_LOST',
    message: "session 'a' is lost: it ended as soon as it was made",
  })
  expect(await backend.list()).toEqual([])
})

test('start_HookThatReplacesTheSession: rejects, ends its own session, and leaves the other', async () => {
  const swap = `rename-session stolen ; set-hook -gu after-new-session ; new-session -d -s a "sleep 600"`
  const {backend, killed, tmux} = worldWith(`set-hook -g after-new-session '${swap}'`)
  await expect(backend.start(quiet('a'))).rejects.toMatchObject({code: 'SESSION_LOST'})
  expect(tmux('list-sessions', '-F', '#{session_name}')).toBe('a\n')
  expect(killed).toHaveLength(1)
})
