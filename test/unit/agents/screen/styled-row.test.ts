import {describe, expect, test} from 'vitest'
import {cellsOf, isFaint, styleCount} from '../../../../src/agents/screen/styled-row.js'

const faint = (row: string) => cellsOf([row], 0).map(isFaint)

describe('the style of a character', () => {
  test.each([
    ['dim', '\u001b[2mx', true],
    ['no longer dim', '\u001b[2m\u001b[22mx', false],
    ['after a reset', '\u001b[2m\u001b[mx', false],
    ['bright black', '\u001b[90mx', true],
    ['a grey of the palette', '\u001b[38;5;244mx', true],
    ['a bluish grey of the palette', '\u001b[38;5;103mx', true],
    ['a grey', '\u001b[38;2;128;128;128mx', true],
    ['white', '\u001b[38;5;255mx', false],
    ['a colour of the palette', '\u001b[38;5;174mx', false],
    ['a colour', '\u001b[38;2;138;190;30mx', false],
    ['a background alone', '\u001b[48;5;244mx', false],
    ['a colour, then a reset and bold in one', '\u001b[38;5;244m\u001b[0;1mx', false],
    ['the default', 'x', false],
  ])('%s', (_name, row, expected) => {
    expect(faint(row)).toEqual([expected])
  })

  test('lasts into the rows below', () => {
    expect(cellsOf(['\u001b[2mabove', 'x'], 1).map(isFaint)).toEqual([true])
  })

  test('blanks do not count as styles', () => {
    expect(styleCount(cellsOf(['a\u001b[31m \u001b[39mb'], 0))).toBe(1)
    expect(styleCount(cellsOf(['a\u001b[31mb'], 0))).toBe(2)
  })
})
