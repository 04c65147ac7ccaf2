import {describe, expect, test} from 'vitest'
import {showsPrompt} from '../../../src/supervisor/readiness.js'

describe('a prompt on the screen', () => {
  test.each([
    ['an empty prompt, whose blank the screen does not keep', ['❯'], '❯ ', true],
    ['a prompt with text', ['❯ run the tests'], '❯ ', true],
    ['a no-break space after the sign', ['❯\u00a0Try "edit"'], '❯ ', true],
    ['a prompt below other lines', ['Welcome', '', '› ask me'], '› ', true],
    ['the sign in the middle of a line', ['see ❯ there'], '❯ ', false],
    ['the marked choice of a dialog', ['Do you trust this folder?', '❯ 1. Yes', '  2. No'], '❯ ', false],
    ['the marked choice of a dialog, indented', ['   ❯ 2) No, exit'], '   ❯ ', false],
    ['an empty screen', [], '❯ ', false],
  ])('%s', (_, lines, prefix, expected) => {
    expect(showsPrompt(lines, prefix)).toBe(expected)
  })
})
