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
    '1 ok, 1 to look at, 1 failed',
  ])
})
