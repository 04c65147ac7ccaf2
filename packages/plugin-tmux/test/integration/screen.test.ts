import {describe, expect, test} from 'vitest'
import {sandbox} from '../../../../test/support/sandbox.js'
import {until} from '../../../../test/support/until.js'
import {fakeTmux, quiet, world} from '../support/world.js'

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

  test('capture_ProcessThatHasEnded: is its last screen, without tmux’s notice', async () => {
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

describe('view', () => {
  const drawing = `printf '\\033]2;a|title #{pane_id}\\007\\033[2J\\033[1;1H\\033[1;31mred\\033[0m 漢字 \\033]8;;http://x\\033\\\\link\\033]8;;\\033\\\\\\033[3;5Hx\\033[?25l'`

  test('view_Terminal: is its rows, colours, cursor, title and foreground command', async () => {
    const {backend, tmux} = world()
    const session = await backend.start(quiet('a', {command: shell(`${drawing}; exec sleep 600`)}))
    const seen = await until('the drawing', async () => {
      const view = await backend.view(session)
      return view.rows[2] === '    x' && view.command === 'sleep' ? view : undefined
    })
    expect(seen).toMatchObject({
      columns: 80,
      cursor: {column: 5, row: 2, visible: false},
      title: 'a|title #{pane_id}',
      alternateScreen: false,
      inMode: false,
    })
    const height = Number(tmux('display-message', '-p', '-t', '=a:', '#{pane_height}'))
    expect(seen.rows).toHaveLength(height)
    expect(seen.rows[0]).toBe('red 漢字 link')
    expect(seen.styledRows[0]?.split('\x1b').slice(0, 4)).toEqual([
      '',
      '[1m',
      '[31mred',
      expect.stringMatching(/^\[0m/),
    ])
    expect(seen.styledRows[0]).toMatch(/ 漢字 link$/)
    expect(seen.at).toBeGreaterThan(session.createdAt - 1000)
  })

  test('view_AnotherPaneInFront: is still the agent’s', async () => {
    const {backend, tmux} = world()
    const session = await backend.start(quiet('a', {command: shell('echo agent; exec sleep 600')}))
    tmux('split-window', '-t', '=a:', 'echo other; sleep 600')
    await until('the text', async () => (await backend.view(session)).rows[0] === 'agent')
  })

  test('view_AnotherPaneInFrontAndNoAnswer: is unknown, not lost', async () => {
    const box = sandbox()
    const here = world({}, box)
    const session = await here.backend.start(quiet('a'))
    here.tmux('split-window', '-t', '=a:', 'sleep 600')
    const path = fakeTmux(
      box,
      `case $* in *display-messag*'-t %'*) tmux "$@" | grep -v '^view|'; exit 1;; esac; exec tmux "$@"`,
    )
    const {backend} = world({PATH: path}, box)
    await expect(backend.view(session)).rejects.toMatchObject({code: 'BACKEND_UNAVAILABLE'})
  })

  test('view_AlternateScreenAndScrolledBack: reports both', async () => {
    const {backend, tmux} = world()
    const session = await backend.start(quiet('a', {command: shell(`printf '\\033[?1049h'; exec sleep 600`)}))
    await until('the screen', async () => (await backend.view(session)).alternateScreen)
    tmux('copy-mode', '-t', '=a:')
    expect((await backend.view(session)).inMode).toBe(true)
  })

  test('view_EarlierLife: is lost', async () => {
    const {backend} = world()
    const first = await backend.start(quiet('a'))
    await backend.stop(first, {graceMs: 0})
    await backend.start(quiet('a'))
    await expect(backend.view(first)).rejects.toMatchObject({code: 'SESSION_LOST'})
  })
})
