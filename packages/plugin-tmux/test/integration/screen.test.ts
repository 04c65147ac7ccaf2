import {join} from 'node:path'
import {beforeEach, describe, expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {fakeTmux, fixture, isAlive, quiet, readIfThere, type World, world} from '../support/world.js'

const shell = (script: string): [string, ...string[]] => ['/bin/sh', '-c', script]

describe('capture', () => {
  test('capture_Screen: is its last lines, wrapped ones joined, without blanks at the end', async () => {
    const {backend} = world()
    const long = 'x'.repeat(200)
    const session = await backend.start(
      quiet('a', {command: shell(`printf 'one\\n\\n${long}  \\nü \\n\\n\\n'; sleep 600`)}),
    )
    const screen = await until('the text', async () => {
      const lines = await backend.capture(session, {lines: 100})
      return lines.at(-1) === 'ü' && lines
    })
    expect(screen).toEqual(['one', '', long, 'ü'])
    expect(await backend.capture(session, {lines: 2})).toEqual([long, 'ü'])
    expect(await backend.capture(session, {lines: 0})).toEqual([])
  })

  test('capture_ProcessThatHasEnded: is its last screen, and nothing of tmux’s own', async () => {
    const {backend} = world()
    const session = await backend.start(quiet('a', {command: shell('echo last words; sleep 600')}))
    await until('the text', async () => (await backend.capture(session, {lines: 1})).length === 1)
    process.kill(session.pid, 'SIGKILL')
    await until('it to end', async () => (await backend.inspect('a'))?.liveness === 'dead')
    expect(await backend.capture(session, {lines: 10})).toEqual(['last words'])
  })

  test('capture_AnotherPaneInFront: is still the agent’s screen', async () => {
    const {backend, tmux} = world()
    const session = await backend.start(quiet('a', {command: shell('echo agent; sleep 600')}))
    tmux('split-window', '-t', '=a:', 'echo other; sleep 600')
    await until('the text', async () => (await backend.capture(session, {lines: 1}))[0] === 'agent')
  })

  test('capture_EarlierLife: is lost', async () => {
    const {backend} = world()
    const first = await backend.start(quiet('a'))
    await backend.stop(first, {graceMs: 0})
    await backend.start(quiet('a'))
    await expect(backend.capture(first, {lines: 1})).rejects.toMatchObject({code: 'SESSION_LOST'})
  })
})

describe('send', () => {
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

  /** What the program must have received of the text: one paste in brackets, then Enter. */
  const submitted = (text: string) => `\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~\r`

  test('send_Text: is typed whole and submitted once', async () => {
    const session = await prompt()
    const text = '-l "quoted" $HOME `x` #{pane_id} \\ ~ ü 🦉\n\tsecond line;\nC-c Enter ;'
    await here.backend.send(session, text)
    await until('the text', () => readIfThere(file) === submitted(text))
    expect(here.tmux('list-buffers')).toBe('')
  })

  test('send_ControlCharacters: are left out, newline and tab excepted', async () => {
    const session = await prompt()
    const controls = Array.from({length: 160}, (_, n) => String.fromCharCode(n)).filter((char) =>
      /\p{Cc}/u.test(char),
    )
    await here.backend.send(session, `a${controls.join('')}b\x1b[201~c\r\nd`)
    await until('the text', () => readIfThere(file) === submitted('a\t\n\nb[201~c\nd'))
  })

  test('send_1MB: arrives whole and once', async () => {
    const session = await prompt()
    const text = Array.from({length: 40_000}, (_, n) => `line ${n} ü of the long text\n`).join('')
    await here.backend.send(session, text)
    await until('the text', () => readIfThere(file) === submitted(text), 30_000)
  })

  test('send_EmptyText: is Enter alone', async () => {
    const session = await prompt()
    await here.backend.send(session, '\x00')
    await until('the key', () => readIfThere(file) === '\r')
  })

  test('send_TextsOneAfterTheOther: arrive in order', async () => {
    const session = await prompt()
    await here.backend.send(session, 'one')
    await here.backend.send(session, 'two')
    await until('the texts', () => readIfThere(file) === submitted('one') + submitted('two'))
  })

  test('send_SomebodyScrollsBack: arrives all the same', async () => {
    const session = await prompt()
    here.tmux('copy-mode', '-t', '=a:')
    await here.backend.send(session, 'one\ntwo')
    await until('the text', () => readIfThere(file) === submitted('one\ntwo'))
  })

  test('send_PaneThatTakesNoInput: is lost, not silently dropped', async () => {
    const session = await prompt()
    here.tmux('select-pane', '-d', '-t', '=a:')
    await expect(here.backend.send(session, 'x')).rejects.toMatchObject({code: 'SESSION_LOST'})
    expect(here.tmux('list-buffers')).toBe('')
  })

  test('send_AgentThatHasEnded: is lost', async () => {
    const session = await here.backend.start(quiet('a', {command: shell('exit 0')}))
    await until('it to end', async () => (await here.backend.inspect('a'))?.liveness === 'dead')
    await expect(here.backend.send(session, 'x')).rejects.toMatchObject({
      code: 'SESSION_LOST',
      message: "session 'a' is lost: its agent has ended",
    })
  })

  test('send_EarlierLife: nothing is typed at its successor', async () => {
    const session = await prompt()
    await here.backend.stop(session, {graceMs: 0})
    await prompt()
    await expect(here.backend.send(session, 'x')).rejects.toMatchObject({code: 'SESSION_LOST'})
    expect(readIfThere(file)).toBe('')
  })
})

test('send_AgentThatEndsBeforeThePaste: is lost, and the server with its other sessions lives on', async () => {
  const box = sandbox()
  const here = world({}, box)
  const keeper = await here.backend.start(quiet('keeper'))
  const agent = await here.backend.start(quiet('a'))
  const dead = `[ "$(tmux -L default list-panes -t =a: -F '#{pane_dead}')" = 1 ]`
  const path = fakeTmux(
    box,
    `case $* in *load-buffe*) kill -9 ${agent.pid}; until ${dead}; do sleep 0.01; done;; esac; exec tmux "$@"`,
  )
  await expect(world({PATH: path}, box).backend.send(agent, 'x')).rejects.toMatchObject({
    code: 'SESSION_LOST',
  })
  expect(isAlive(keeper.pid)).toBe(true)
  expect(await here.backend.inspect('keeper')).toEqual(keeper)
  expect(box.tmux('list-buffers')).toBe('')
})
