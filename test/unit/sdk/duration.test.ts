import {parseDuration} from '@gtown/sdk'
import {expect, test} from 'vitest'

test.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['1.5s', 1500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['7', 7000],
  ['0', 0],
])('%s is %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', 'soon', '-1s', '1d', '25h', '1s2', '1e9'])('%j is no duration', (text) => {
  expect(() => parseDuration(text)).toThrow('is not a duration')
})
