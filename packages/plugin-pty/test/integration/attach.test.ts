import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {until} from '../../../../test/support/until.js'
import {quiet, readIfThere, shell, type World, world} from '../support/world.js'

let here: World
beforeEach(() => {
  here = world()
})

const attachFixture = join(import.meta.dirname, '../fixtures/attach.mjs')
const command = (name: string) => `exec ${process.execPath} ${attachFixture} ${name}`

/** A terminal: the only pane of its own tmux server, with a shell that runs the command and stays. */
function terminal(socket: string, size: [columns: number, rows: number], line = command('a')) {
  const tmux = (...args: string[]) => here.tmux('-L', socket, ...args)
  const [columns, rows] = size.map(String)
  const script = `echo before; (${line}); stty -a | grep -o '.icanon'; sleep 600`
  tmux(
    '-f',
    '/dev/null',
    'new-session',
    '-d',
    '-x',
    columns ?? '',
    '-y',
    rows ?? '',
    '-s',
    't',
    'env',
    '-u',
    'TMUX',
    `GT_PTY_DIR=${here.sessions}`,
    'sh',
    '-c',
    script,
  )
  const screen = () => tmux('capture-pane', '-p', '-t', '=t:')
  const pane = (format: string) => tmux('display-message', '-p', '-t', '=t:', format).trim()
  return {
    key: (...names: string[]) => tmux('send-keys', '-t', '=t:', ...names),
    resize: (x: number, y: number) => tmux('resize-window', '-t', '=t:', '-x', String(x), '-y', String(y)),
    shows: (text: string) => until(`the terminal to show ${text}`, () => screen().includes(text)),
    screen,
    pane,
  }
}

const attached = async () => (await here.backend.inspect('a'))?.attached
const size = async () => {
  const [session] = await here.backend.list()
  const view = session && (await here.backend.view(session))
  return view && [view.columns, view.rows.length]
}

const hasSize = (columns: number, rows: number) =>
  until(`the size ${columns}x${rows}`, async () => String(await size()) === `${columns},${rows}`)

const shown = shell('printf "\\033[31mthe agent\\033[0m 漢字\\n"; exec cat')

test('attach_NoTerminal: is refused before anything is asked', async () => {
  const session = await here.backend.start(quiet('a'))
  await expect(here.backend.checkAttach()).rejects.toMatchObject({code: 'NO_TERMINAL'})
  await expect(here.backend.attach(session)).rejects.toMatchObject({code: 'NO_TERMINAL'})
})

test('attach_Terminal: shows the session until the user detaches, and is then restored', async () => {
  await here.backend.start(quiet('a', {command: shown}))
  const user = terminal('one', [70, 20])
  await user.shows('the agent 漢字')
  expect(await attached()).toBe(1)
  await hasSize(70, 20)
  expect(user.screen()).not.toContain('before')
  user.key('typed', 'Enter')
  await user.shows('typed\ntyped')
  user.key('C-b', 'd')
  await user.shows('before\n[detached from session')
  await user.shows('attach: done, raw: false\n icanon')
  expect(user.pane('#{alternate_on} #{cursor_flag} #{mouse_any_flag}')).toBe('0 1 0')
  expect(await here.backend.inspect('a')).toMatchObject({liveness: 'alive', attached: 0})
})

test('attach_SessionThatEnds: returns', async () => {
  const session = await here.backend.start(quiet('a', {command: shown}))
  const user = terminal('one', [80, 24])
  await user.shows('the agent')
  await here.backend.stop(session, {graceMs: 0})
  await user.shows('attach: done, raw: false\n icanon')
})

test('attach_PrefixKey: pressed twice sends one, before another key sends both', async () => {
  const file = join(here.dir, 'keys')
  await here.backend.start(quiet('a', {command: shell(`stty raw -echo; echo ready; cat > ${file}`)}))
  const user = terminal('one', [80, 24])
  await user.shows('ready')
  user.key('C-b', 'C-b', 'C-b', 'x', 'C-c')
  await until('the keys', () => readIfThere(file) === '\x02\x02x\x03')
})

test('attach_ModesOfTheProgram: apply to the terminal, until it detaches', async () => {
  const script = `printf '\\033[?1002h\\033[?1006h\\033[?25l\\033[?1hready\\n'; exec cat`
  await here.backend.start(quiet('a', {command: shell(script)}))
  const user = terminal('one', [80, 24])
  await user.shows('ready')
  const modes = () => user.pane('#{mouse_button_flag} #{mouse_sgr_flag} #{cursor_flag} #{keypad_cursor_flag}')
  expect(modes()).toBe('1 1 0 1')
  user.key('C-b', 'd')
  await user.shows('attach: done')
  expect(modes()).toBe('0 0 1 0')
})

test('attach_TwoTerminals: both show it, at the size that fits both, until they detach', async () => {
  await here.backend.start(quiet('a', {command: shown}))
  const [one, two] = [terminal('one', [90, 20]), terminal('two', [70, 30])]
  await Promise.all([one.shows('the agent'), two.shows('the agent')])
  await until('both to be attached', async () => (await attached()) === 2)
  await hasSize(70, 20)
  one.key('hello', 'Enter')
  await Promise.all([one.shows('hello\nhello'), two.shows('hello\nhello')])
  two.resize(60, 10)
  await hasSize(60, 10)
  two.key('C-b', 'd')
  await hasSize(90, 20)
  await one.shows('the agent')
  expect(await attached()).toBe(1)
})

test('attach_ViewerThatIsKilled: is gone, and the session lives on', async () => {
  await here.backend.start(quiet('a', {command: shown}))
  const script = `sh -c 'echo $$ > ${here.dir}/pid; ${command('a')}'`
  const user = terminal('one', [80, 24], script)
  await user.shows('the agent')
  process.kill(Number(readIfThere(join(here.dir, 'pid'))), 'SIGKILL')
  await until('it to be gone', async () => (await attached()) === 0)
  expect(await here.backend.inspect('a')).toMatchObject({liveness: 'alive'})
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'attach_%s: ends it, and the terminal is as it was',
  async (signal) => {
    await here.backend.start(quiet('a', {command: shown}))
    const user = terminal('one', [80, 24], `sh -c 'echo $$ > ${here.dir}/pid; ${command('a')}'`)
    await user.shows('the agent')
    process.kill(Number(readIfThere(join(here.dir, 'pid'))), signal)
    await user.shows(' icanon')
    expect(user.screen()).toContain('before')
    expect(user.screen()).not.toContain('attach: done')
    expect(await attached()).toBe(0)
  },
)

test('attach_InsideTheSession: is refused', async () => {
  const session = await here.backend.start(quiet('a', {command: ['/bin/sh']}))
  await here.backend.type(session, command('a').replace('exec ', ''))
  await here.backend.press(session, 'Enter')
  await until('the refusal', async () =>
    (await here.backend.capture(session, {lines: 30})).includes('attach: ATTACH_INSIDE'),
  )
})

test('attach_AgentThatHasEnded: shows its last screen', async () => {
  await here.backend.start(quiet('a', {command: shell('echo last words')}))
  await until('it to end', async () => (await here.backend.inspect('a'))?.liveness === 'dead')
  const user = terminal('one', [80, 24])
  await user.shows('last words')
})
