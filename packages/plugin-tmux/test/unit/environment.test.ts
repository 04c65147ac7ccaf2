import {expect, test} from 'vitest'
import {parseEnvironment} from '../../src/environment.js'

test('parseEnvironment_WhatTmuxQuotes: is each value as it was, variables that are unset left out', () => {
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
  expect(parseEnvironment(text)).toEqual({
    A: 'one',
    EMPTY: '',
    LINES: 'first\nB="no variable"; export B;\nlast',
    ODD: '$HOME `id` "x" \\ a=b',
  })
})
