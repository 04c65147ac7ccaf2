import type {TerminalView} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {Painter} from '../../src/shim/painter.js'
import {DEFAULT_MODES} from '../../src/shim/private-modes.js'

function view(rows: string[], column = 0, visible = true): TerminalView {
  return {
    at: 0,
    columns: 80,
    rows,
    styledRows: rows,
    cursor: {column, row: 0, visible},
    title: '',
    command: '',
    alternateScreen: false,
    inMode: false,
  }
}

test('paint_FirstView: clears, draws the rows that are not empty, and places the cursor', () => {
  const text = new Painter().paint(view(['one', '', 'two'], 3), DEFAULT_MODES)
  expect(text).toBe('\x1b[?25l\x1b[0m\x1b[2J\x1b[1;1Hone\x1b[K\x1b[3;1Htwo\x1b[K\x1b[1;4H\x1b[?25h')
})

test('paint_LaterView: draws what has changed, and switches the changed modes', () => {
  const painter = new Painter()
  painter.paint(view(['one', 'two']), DEFAULT_MODES)
  expect(painter.paint(view(['one', 'two'], 2), DEFAULT_MODES)).toBe('\x1b[1;3H')
  expect(painter.paint(view(['one', ''], 0, false), new Set([2004]))).toBe(
    '\x1b[2;1H\x1b[K\x1b[?25l\x1b[?2004h\x1b[1;1H',
  )
  painter.reset()
  expect(painter.paint(view(['one', ''], 0, false), new Set([2004]))).toBe(
    '\x1b[0m\x1b[2J\x1b[1;1Hone\x1b[K\x1b[1;1H',
  )
})
