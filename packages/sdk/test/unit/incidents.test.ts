import {expect, test} from 'vitest'
import {endedIncidents, wasNotified, withIncidents} from '../../src/watchdog/index.js'

const open = {a: {cause: 'stuck'}, b: {cause: 'gone'}}

test('a person was notified: only of ids that are in the record itself', () => {
  expect(['a', 'c', 'toString', 'constructor'].map((id) => wasNotified(open, id))).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('an incident is over when it was not found again and the caller says so', () => {
  expect(endedIncidents(open, ['a'], () => true)).toEqual([['b', {cause: 'gone'}]])
  expect(endedIncidents(open, [], ({cause}) => cause === 'stuck')).toEqual([['a', {cause: 'stuck'}]])
  expect(endedIncidents(open, [], () => false)).toEqual([])
})

test('new incidents are added and ended ones removed, in order; the earlier record is not changed', () => {
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
