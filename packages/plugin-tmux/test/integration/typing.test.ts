import {join} from 'node:path'
import {beforeEach, describe, expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {fakeTmux, fixture, isAlive, quiet, readIfThere, type World, world} from '../support/world.js'

const shell = (script: string): [string, ...string[]] => ['/bin/sh', '-c', script]

describe('type and press', () => {
  let here: World
  let file: string
  beforeEach(() => {
    here = world()
    file = join(here.dir, 'typed')
  })

  /** A session whose program reads keys as agents do. */
  async function prompt() {
    const session = await here.backend.start(quiet('a', {command: fixture('type.mjs', file)}))
    await until('the prompt', async () => (await here.backend.capture(session, {lines: 1}))[0] === 'ready')
    return session
  }

  /** The bytes that the program must receive for the text: one bracketed paste. */
  const pasted = (text: string) => `\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`

  test('type_Text: is typed whole and once, without Enter', async () => {
    const session = await prompt()
    const text = '-l "quoted" $HOME `x` #{pane_id} \\ ~ ü 🦉\n\tsecond line;\nC-c Enter ;'
    await here.backend.type(session, text)
    await until('the text', () => readIfThere(file) === pasted(text))
    expect(here.tmux('list-buffers')).toBe('')
  })

  test('type_ControlCharacters: are left out, except newline and tab', async () => {
    const session = await prompt()
    const controls = Array.from({length: 160}, (_, n) => String.fromCharCode(n)).filter((char) =>
      /\p{Cc}/u.test(char),
    )
    await here.backend.type(session, `a${controls.join('')}b\x1b[201~c\r\nd`)
    await until('the text', () => readIfThere(file) === pasted('a\t\n\nb[201~c\nd'))
  })

  test('type_1MB: arrives whole and once', async () => {
    const session = await prompt()
    const text = Array.from({length: 40_000}, (_, n) => `line ${n} ü of the long text\n`).join('')
    await here.backend.type(session, text)
    await until('the text', () => readIfThere(file) === pasted(text), 30_000)
  })

  test('type_NothingButControls: types nothing', async () => {
    const session = await prompt()
    await here.backend.type(session, '\x00')
    await here.backend.press(session, 'Enter')
    await until('the key', () => readIfThere(file) === '\r')
  })

  test('press_Keys: arrive in order, in a mode of tmux too', async () => {
    const session = await prompt()
    here.tmux('copy-mode', '-t', '=a:')
    for (const key of ['Up', 'Down', 'Enter'] as const) await here.backend.press(session, key)
    await until('the keys', () => readIfThere(file) === '\x1b[A\x1b[B\r')
  })

  test('type_ScreenAsSeen: is typed; press_CursorMovedSince: is refused, and nothing is pressed', async () => {
    const session = await prompt()
    const seen = await here.backend.view(session)
    await here.backend.type(session, 'one', {seen})
    await until('the text', () => readIfThere(file) === pasted('one'))
    const moved = {...seen, cursor: {...seen.cursor, column: seen.cursor.column + 1}}
    const lower = {...seen, cursor: {...seen.cursor, row: seen.cursor.row + 1}}
    const hidden = {...seen, cursor: {...seen.cursor, visible: !seen.cursor.visible}}
    for (const outdated of [
      moved,
      lower,
      hidden,
      {...seen, alternateScreen: true},
      {...seen, inMode: true},
    ]) {
      const refusal = {code: 'SCREEN_CHANGED', message: expect.stringContaining("session 'a'")}
      await expect(here.backend.press(session, 'Enter', {seen: outdated})).rejects.toMatchObject(refusal)
      await expect(here.backend.type(session, 'two', {seen: outdated})).rejects.toMatchObject(refusal)
    }
    await here.backend.press(session, 'Up', {seen})
    await until('the key', () => readIfThere(file) === `${pasted('one')}\x1b[A`)
    expect(here.tmux('list-buffers')).toBe('')
  })

  test('type_TextsOneAfterTheOther: arrive in order', async () => {
    const session = await prompt()
    await here.backend.type(session, 'one')
    await here.backend.type(session, 'two')
    await until('the texts', () => readIfThere(file) === pasted('one') + pasted('two'))
  })

  test('type_UserScrollsBack: arrives', async () => {
    const session = await prompt()
    here.tmux('copy-mode', '-t', '=a:')
    await here.backend.type(session, 'one\ntwo')
    await until('the text', () => readIfThere(file) === pasted('one\ntwo'))
  })

  test('type_PaneThatTakesNoInput: is lost, not silently dropped', async () => {
    const session = await prompt()
    here.tmux('select-pane', '-d', '-t', '=a:')
    await expect(here.backend.type(session, 'x')).rejects.toMatchObject({code: 'SESSION_LOST'})
    expect(here.tmux('list-buffers')).toBe('')
  })

  test('type_PaneOfTheAgentClosed: is lost, and another pane gets nothing', async () => {
    const session = await prompt()
    const pane = here.tmux('list-panes', '-t', '=a:', '-F', '#{pane_id}').trim()
    const other = join(here.dir, 'other')
    here.tmux('split-window', '-t', '=a:', '--', ...fixture('type.mjs', other))
    await until('the other prompt', () => here.tmux('capture-pane', '-p', '-t', '=a:').startsWith('ready'))
    here.tmux('kill-pane', '-t', pane)
    const lost = {code: 'SESSION_LOST'}
    await expect(here.backend.type(session, 'x')).rejects.toMatchObject(lost)
    await expect(here.backend.press(session, 'Enter')).rejects.toMatchObject(lost)
    await expect(here.backend.capture(session, {lines: 1})).rejects.toMatchObject(lost)
    await expect(here.backend.view(session)).rejects.toMatchObject(lost)
    here.tmux('send-keys', '-t', '=a:', 'y')
    await until('a key of the user', () => readIfThere(other) === 'y')
  })

  test('type_AgentThatHasEnded: is lost', async () => {
    const session = await here.backend.start(quiet('a', {command: shell('exit 0')}))
    await until('it to end', async () => (await here.backend.inspect('a'))?.liveness === 'dead')
    await expect(here.backend.type(session, 'x')).rejects.toMatchObject({
      code: 'SESSION_LOST',
      message: "session 'a' is lost: its agent has ended",
    })
  })

  test('type_EarlierLife: nothing is typed at its successor', async () => {
    const session = await prompt()
    await here.backend.stop(session, {graceMs: 0})
    await prompt()
    await expect(here.backend.type(session, 'x')).rejects.toMatchObject({code: 'SESSION_LOST'})
    expect(readIfThere(file)).toBe('')
  })
})

test('type_AgentThatEndsBeforeThePaste: is lost, and the server with its other sessions lives on', async () => {
  const box = sandbox()
  const here = world({}, box)
  const keeper = await here.backend.start(quiet('keeper'))
  const agent = await here.backend.start(quiet('a'))
  const dead = `[ "$(tmux -L default list-panes -t =a: -F '#{pane_dead}')" = 1 ]`
  const path = fakeTmux(
    box,
    `case $* in *load-buffe*) kill -9 ${agent.pid}; until ${dead}; do sleep 0.01; done;; esac; exec tmux "$@"`,
  )
  await expect(world({PATH: path}, box).backend.type(agent, 'x')).rejects.toMatchObject({
    code: 'SESSION_LOST',
  })
  expect(isAlive(keeper.pid)).toBe(true)
  expect(await here.backend.inspect('keeper')).toEqual(keeper)
  expect(box.tmux('list-buffers')).toBe('')
})

test('press_TmuxThatFails: is an error', async () => {
  const box = sandbox()
  const session = await world({}, box).backend.start(quiet('a'))
  const path = fakeTmux(box, `case $* in *send-key*) echo 'no way' >&2; exit 1;; esac; exec tmux "$@"`)
  const {backend} = world({PATH: path}, box)
  await expect(backend.press(session, 'Enter')).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
})
