import {expect, test} from 'vitest'
import {redact} from '../../../src/supervisor/screen.js'

test('what the user gave as environment is not shown, wherever it stands', () => {
  expect(redact(['key=sk-canary, again sk-canary', 'nothing'], {KEY: 'sk-canary'})).toEqual([
    'key=***, again ***',
    'nothing',
  ])
})

test('each line of a value of several lines is hidden', () => {
  expect(redact(['first line', 'second line'], {KEY: 'first line\nsecond line'})).toEqual(['***', '***'])
})

test('a value too short to be a secret does not blacken the screen', () => {
  expect(redact(['1 of 1'], {DEBUG: '1'})).toEqual(['1 of 1'])
})
