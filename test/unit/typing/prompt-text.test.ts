import type {TerminalView} from '@gtown/sdk'
import {describe, expect, test} from 'vitest'
import {endsAtCursor, showsText} from '../../../src/typing/prompt-text.js'

function view(rows: string[], row = rows.length - 1, column = rows[row]?.length ?? 0) {
  return {rows, cursor: {row, column, visible: true}} as unknown as TerminalView
}

describe('showsText', () => {
  test.each([
    ['in the prompt', view(['> run the tests']), 'run the tests', true],
    [
      'wrapped and framed',
      view(['│ > please run all │', '│   of the tests   │']),
      'please run all of the tests',
      true,
    ],
    ['a sign in its place', view(['❯ [Pasted text #1 +9 lines]']), 'any\ntext', true],
    ['another text', view(['> something else']), 'run the tests', false],
    ['another text with the same last word', view(['> stop the tests']), 'run the tests', false],
    [
      'the end of one whose beginning has scrolled out',
      view(['  the end of a text that is far too long']),
      `${'a '.repeat(999)}the end of a text that is far too long`,
      true,
    ],
    ['below the cursor that the prompt draws', view(['> run', '  the tests'], 0, 2), 'run the tests', true],
    ['half of it', view(['> run the te']), 'run the tests', false],
    ['far above the cursor', view(['> run the tests', ...Array(20).fill('')]), 'run the tests', false],
  ])('%s', (_, terminal, text, expected) => {
    expect(showsText(terminal, text)).toBe(expected)
  })
})

describe('endsAtCursor', () => {
  test.each([
    ['the whole text', view(['> run the tests']), 'run the tests', true],
    [
      'the last line of a wrapped one',
      view(['> please run', '  all the tests']),
      'please run all the tests',
      true,
    ],
    [
      'an empty prompt below a conversation that repeats it',
      view(['> run the tests', '', '> ']),
      'run the tests',
      false,
    ],
    ['the cursor before the text', view(['> run the tests'], 0, 2), 'run the tests', false],
    ['a hint', view(['> Try something'], 0, 2), 'run the tests', false],
    ['a few letters that it ends with, too', view(['> sts']), 'run the tests', false],
    ['a text without letters', view(['> ...']), '...', false],
  ])('%s', (_, terminal, text, expected) => {
    expect(endsAtCursor(terminal, text)).toBe(expected)
  })
})
