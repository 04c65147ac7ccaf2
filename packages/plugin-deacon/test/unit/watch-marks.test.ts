import {expect, test} from 'vitest'
import {type Mark, mark, unchanged} from '../../src/watch/marks.js'
import type {Observation, ObservedWitness} from '../../src/watch/observation.js'

const seen: ObservedWitness = {
  rig: 'alpha',
  is: 'seen',
  standing: 'operational',
  desired: true,
  liveness: 'alive',
  incarnation: 'one',
  stopping: false,
  frozen: false,
  attached: false,
  patrol: {cycleMs: 30_000, lastCycleAt: '2026-01-20T12:00:00Z'},
}
const clock = (monotonicMs: number, boot = 'first') => ({monotonicMs, boot})

/** For how long alpha has been the same, after these looks. */
function sameFor(...looks: [Observation, {monotonicMs: number; boot: string}][]): number | undefined {
  let before: {marks: Record<string, Mark>; boot: string} | undefined
  let age: number | undefined
  for (const [observation, now] of looks) {
    const marks = mark([observation], before, now)
    before = {marks, boot: now.boot}
    age = unchanged(marks, now).get('alpha')
  }
  return age
}

test('what stays the same ages, from the first look at it', () => {
  expect(sameFor([seen, clock(1000)], [seen, clock(4000)], [seen, clock(9000)])).toBe(8000)
})

test.each<[string, Partial<ObservedWitness>]>([
  ['another cycle', {patrol: {cycleMs: 30_000, lastCycleAt: '2026-01-20T12:00:30Z'}}],
  ['another life', {incarnation: 'two'}],
  ['a stop that has begun', {stopping: true}],
])('%s begins anew', (_, change) => {
  expect(sameFor([seen, clock(1000)], [{...seen, ...change}, clock(9000)])).toBe(0)
})

test('a look that tells nothing neither ends nor begins an age', () => {
  const unknown: Observation = {rig: 'alpha', is: 'unknown', why: 'no answer'}
  expect(sameFor([seen, clock(1000)], [unknown, clock(5000)], [seen, clock(9000)])).toBe(8000)
  expect(sameFor([unknown, clock(1000)])).toBe(undefined)
})

test('after the machine was started anew every age begins anew', () => {
  expect(sameFor([seen, clock(1000)], [seen, clock(9000, 'second')])).toBe(0)
  expect(sameFor([seen, clock(9000)], [seen, clock(1000)])).toBe(0)
})
