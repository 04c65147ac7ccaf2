import {expect, test} from 'vitest'
import {shellOf} from '../../../../src/agents/screen/process.js'
import {showing} from './captures.js'

/** A shell in the foreground, at its prompt. */
const shell = (more = {}) =>
  shellOf(
    showing('left\n$ ', {
      command: 'bash',
      alternateScreen: false,
      cursor: {column: 2, row: 1, visible: true},
      ...more,
    }),
  )

test.each(['bash', '-bash', 'zsh', '-zsh', 'sh', 'fish'])('%s waits for input', (command) => {
  expect(shell({command})).toMatchObject({source: 'process', state: 'shell'})
})

test.each([
  ['another program is in the foreground', {command: 'node'}],
  ['it runs something on the whole screen', {alternateScreen: true}],
  ['the cursor is hidden', {cursor: {column: 2, row: 1, visible: false}}],
  ['the cursor is above the last row with text', {cursor: {column: 2, row: 0, visible: true}}],
])('not where %s', (_, more) => {
  expect(shell(more)).toBeUndefined()
})
