import {createRequire} from 'node:module'
import {expect, test} from 'vitest'
import {PrivateModes} from '../../src/shim/private-modes.js'
import {Screen} from '../../src/shim/screen.js'

const {Terminal}: typeof import('@xterm/headless') = createRequire(import.meta.url)('@xterm/headless')

/** A terminal's modes after a program wrote this. */
async function modesAfter(text: string) {
  const terminal = new Terminal({cols: 80, rows: 24, allowProposedApi: true, logLevel: 'off'})
  const modes = new PrivateModes(terminal)
  await new Promise<void>((resolve) => terminal.write(text, resolve))
  return {on: [...modes.on], terminal}
}

test.each([
  ['nothing', '', [25]],
  ['keys, mouse and paste', '\x1b[?1;1000h\x1b[?2004h', [25, 1, 1000, 2004]],
  ['a mode twice', '\x1b[?2004h\x1b[?2004h', [25, 2004]],
  ['one switched off again', '\x1b[?2004h\x1b[?25l\x1b[?2004l', []],
  ['modes that are no viewer’s', '\x1b[?7l\x1b[?1049h\x1b[?12h', [25]],
  ['a reset', '\x1b[?2004h\x1b[?25l\x1bc', [25]],
  ['a soft reset', '\x1b[?2004h\x1b[?25l\x1b[!p', [25]],
])('PrivateModes_%s: are on as a viewer’s terminal has to be set', async (_, text, on) => {
  expect((await modesAfter(text)).on).toEqual(on)
})

test('PrivateModes_Mode: the terminal itself handles it, too', async () => {
  const {terminal} = await modesAfter('\x1b[?2004h')
  expect(terminal.modes.bracketedPasteMode).toBe(true)
})

test('Screen_MoreThanCanBeDrawnAtOnce: is behind until it is drawn', async () => {
  const screen = new Screen({columns: 80, rows: 24}, () => {})
  const written = screen.write('x'.repeat(2 ** 15 + 1))
  expect(screen.isBehind).toBe(true)
  await written
  expect(screen.isBehind).toBe(false)
})
