import {symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {closeSandbox, openSandbox, type Sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {quiet, type World, world} from '../support/world.js'

let box: Sandbox
let here: World
beforeEach(() => {
  box = openSandbox()
  here = world({}, box)
})
afterEach(() => closeSandbox(box))

const shown: [string, ...string[]] = ['/bin/sh', '-c', 'echo the agent; sleep 600']
const attachFixture = join(import.meta.dirname, '../fixtures/attach.mjs')

/** A terminal: a second tmux server's only pane, with a shell whose TMUX is as given. */
function terminal(tmuxVariable?: string) {
  const outer = (...args: string[]) => box.tmux('-L', 'terminal', ...args)
  const variable = tmuxVariable === undefined ? [] : [`TMUX=${tmuxVariable}`]
  outer(
    '-f',
    '/dev/null',
    'new-session',
    '-d',
    '-s',
    't',
    'env',
    '-u',
    'TMUX',
    '-u',
    'TMUX_PANE',
    ...variable,
    'sh',
  )
  return {
    type: (line: string) => outer('send-keys', '-t', '=t:', line, 'Enter'),
    key: (name: string) => outer('send-keys', '-t', '=t:', name),
    shows: (text: string) =>
      until(`the terminal to show ${text}`, () => outer('capture-pane', '-p', '-t', '=t:').includes(text)),
  }
}

const command = (name: string) => `${process.execPath} ${attachFixture} ${name}`
const attachedClients = async (name: string) => (await here.backend.inspect(name))?.attached

test('attach_NoTerminal: is refused before anything is started', async () => {
  const session = await here.backend.start(quiet('a'))
  await expect(here.backend.checkAttach()).rejects.toMatchObject({code: 'NO_TERMINAL'})
  await expect(here.backend.attach(session)).rejects.toMatchObject({code: 'NO_TERMINAL'})
})

test('attach_PlainTerminal: shows the session until the user detaches', async () => {
  await here.backend.start(quiet('gt-a-witness', {command: shown}))
  const user = terminal()
  user.type(command('gt-a-witness'))
  await user.shows('the agent')
  expect(await attachedClients('gt-a-witness')).toBe(1)
  user.key('C-b')
  user.key('d')
  await user.shows('attach: done')
  expect(await here.backend.inspect('gt-a-witness')).toMatchObject({liveness: 'alive', attached: 0})
})

test('attach_SessionThatEndsMeanwhile: returns', async () => {
  const session = await here.backend.start(quiet('gt-a-witness', {command: shown}))
  const user = terminal()
  user.type(command('gt-a-witness'))
  await user.shows('the agent')
  await here.backend.stop(session, {graceMs: 0})
  await user.shows('attach: done')
})

test('attach_InsideAnotherServer: shows the session, too', async () => {
  await here.backend.start(quiet('gt-a-witness', {command: shown}))
  const user = terminal(`${box.env.TMUX_TMPDIR}/elsewhere,1,0`)
  user.type(command('gt-a-witness'))
  await user.shows('the agent')
})

test.each([
  ['by its path', () => ''],
  ['by another path to it', () => `TMUX=${linkToSockets()}/default,1,0 `],
])('attach_InsideTheSameServer, known %s: switches the terminal to the session', async (_, variable) => {
  await here.backend.start(quiet('gt-a-witness', {command: shown}))
  here.tmux('new-session', '-d', '-s', 'human', 'sh')
  const user = terminal()
  user.type('tmux -L default attach-session -t =human')
  await until('the user to be attached', async () => (await attachedClients('human')) === 1)
  here.tmux('send-keys', '-t', '=human:', variable() + command('gt-a-witness'), 'Enter')
  await user.shows('the agent')
  expect([await attachedClients('human'), await attachedClients('gt-a-witness')]).toEqual([0, 1])
})

function linkToSockets(): string {
  const link = join(box.dir, 'link')
  symlinkSync(join(box.env.TMUX_TMPDIR ?? '', `tmux-${process.getuid?.()}`), link)
  return link
}

test('attach_TerminalThatTmuxCannotUse: is an error', async () => {
  await here.backend.start(quiet('gt-a-witness'))
  const user = terminal()
  user.type(`TERM=nonsense ${command('gt-a-witness')}`)
  await user.shows('attach: ATTACH_FAILED')
})
