import {expect, test} from 'vitest'
import * as v from '../../src/schema/index.js'

const output = (schema: v.GenericSchema, value: unknown) => {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : 'refused'
}

test('a number that is too large is rejected; a count is whole and not negative', () => {
  const infinite = JSON.parse('1e999')
  expect([infinite, '1', null].map((value) => output(v.number, value))).toEqual(Array(3).fill('refused'))
  expect([0, 7, -1, 1.5, infinite].map((value) => output(v.count, value))).toEqual([
    0,
    7,
    'refused',
    'refused',
    'refused',
  ])
})

test('a list is not an object; other keys are left out, or kept', () => {
  expect([[], null, 'text'].map((value) => output(v.objectOf({}), value))).toEqual(Array(3).fill('refused'))
  expect(output(v.openObject({}), [])).toBe('refused')
  expect(output(v.objectOf({a: v.text}), {a: '', b: 1})).toEqual({a: ''})
  expect(output(v.openObject({a: v.text}), {a: '', b: 1})).toEqual({a: '', b: 1})
})

test.each(['alpha', 'constructor', '__proto__', 'prototype'])('a record has the key %s', (key) => {
  const value = JSON.parse(`{"${key}": 1}`)
  const found = output(v.recordOf(v.number), value)
  expect(Object.entries(found as object)).toEqual([[key, 1]])
})

test('an error in a record names its place', () => {
  const {issues} = v.safeParse(v.objectOf({rigs: v.recordOf(v.objectOf({url: v.text}))}), {
    rigs: {alpha: {url: 7}},
  })
  expect(issues?.[0]).toMatchObject({message: 'expected string', input: 7})
  expect(issues?.[0].path?.map(({key}) => key)).toEqual(['rigs', 'alpha', 'url'])
})

test('an invalid field counts as absent, and is left out', () => {
  const schema = v.pipe(v.objectOf({a: v.ifValid(v.text), b: v.text}), v.transform(v.withoutAbsent))
  for (const a of [undefined, 7, null]) expect(output(schema, {a, b: ''})).toStrictEqual({b: ''})
  expect(output(schema, {a: 'x', b: ''})).toStrictEqual({a: 'x', b: ''})
})

test('an unknown word is replaced; a value that is not text is rejected', () => {
  const schema = v.wordOr(['on', 'off'], 'unknown')
  expect(['on', 'asleep', 7].map((value) => output(schema, value))).toEqual(['on', 'unknown', 'refused'])
})

test('a time as text', () => {
  expect(['2026-01-20T12:00:00Z', 'noon', '', 7].map((value) => output(v.timeText, value))).toEqual([
    '2026-01-20T12:00:00Z',
    'refused',
    'refused',
    'refused',
  ])
})
