import {expect, test} from 'vitest'
import {parseShellVariables} from '../../src/environment.js'

test('parseShellVariables_QuotedByTmux: returns each original value, without unset variables', () => {
  const text = [
    'A="one"; export A;',
    'unset DISPLAY;',
    'EMPTY=""; export EMPTY;',
    'LINES="first',
    'B=\\"no variable\\"; export B;',
    'last"; export LINES;',
    'ODD="\\$HOME \\`id\\` \\"x\\" \\\\ a=b"; export ODD;',
    '',
  ].join('\n')
  expect(parseShellVariables(text)).toEqual({
    A: 'one',
    EMPTY: '',
    LINES: 'first\nB="no variable"; export B;\nlast',
    ODD: '$HOME `id` "x" \\ a=b',
  })
})
