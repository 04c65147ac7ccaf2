import {plainStyle} from '@gtown/sdk'
import {expect, test} from 'vitest'
import {doctorText} from '../../../src/render/doctor.js'

test('DoctorText: a line for each check, the cure below, the sum at the end', () => {
  const text = doctorText(
    [
      {check: 'tmux', status: 'ok', message: 'tmux 3.5a', cure: null},
      {check: 'rig', status: 'warn', message: 'one\u001b[31m', cure: 'Do this.\nThen that.'},
      {check: 'plugin', status: 'fail', message: 'two', cure: 'Remove it.'},
    ],
    plainStyle,
  )
  expect(text.split('\n')).toEqual([
    'ok    tmux          tmux 3.5a',
    'warn  rig           one?[31m',
    '                    Do this.',
    '                    Then that.',
    'FAIL  plugin        two',
    '                    Remove it.',
    '',
    '1 ok, 1 warning, 1 error',
  ])
})

test('DoctorText: warnings and errors stand out, what is well does not', () => {
  const style = {bold: (text: string) => `*${text}*`, dim: (text: string) => `(${text})`}
  const marks = (['ok', 'warn', 'fail'] as const).map(
    (status) => doctorText([{check: 'x', status, message: '', cure: null}], style).split('  x', 1)[0],
  )
  expect(marks).toEqual(['(ok  )', '*warn*', '*FAIL*'])
})
