import {expect, test} from 'vitest'
import {endedIncidents, wasTold, withIncidents} from '../../src/watchdog/index.js'

const open = {a: {cause: 'stuck'}, b: {cause: 'gone'}}

test('what a person was told of, by its own id only', () => {
  expect(['a', 'c', 'toString', 'constructor'].map((id) => wasTold(open, id))).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('over is what was not found again, and only where the look tells so', () => {
  expect(endedIncidents(open, ['a'], () => true)).toEqual([['b', {cause: 'gone'}]])
  expect(endedIncidents(open, [], ({cause}) => cause === 'stuck')).toEqual([['a', {cause: 'stuck'}]])
  expect(endedIncidents(open, [], () => false)).toEqual([])
})

test('new ones are added and those that are over go, in order; what was there before stays as it was', () => {
  const after = withIncidents(open, [
    ['c', {cause: 'new'}],
    ['a', undefined],
    ['b', {cause: 'worse'}],
    ['__proto__', {cause: 'odd'}],
    ['c', undefined],
  ])
  expect(Object.entries(after)).toEqual([
    ['b', {cause: 'worse'}],
    ['__proto__', {cause: 'odd'}],
  ])
  expect(Object.keys(open)).toEqual(['a', 'b'])
})
