import {expect, test} from 'vitest'
import {ensure, equal, found, rejectsWith} from '../../src/conformance/expect.js'

const failing = (code: string) => Promise.reject(Object.assign(new Error('no'), {code}))

test('Both must be equal in kind and depth, and what is found is named', () => {
  equal({a: [1, undefined]}, {a: [1, undefined]}, 'it')
  for (const [one, other] of [
    [1, '1'],
    [undefined, null],
    [{a: undefined}, {}],
    [[1], [1, 2]],
    [0, false],
  ])
    expect(() => equal(one, other, 'it')).toThrow(/^it: expected .*, found /)
  expect(() => ensure('', 'nothing there')).toThrow('nothing there')
  expect(() => found(undefined)).toThrow('inspect finds no session')
})

test('A promise must be rejected, and with that code', async () => {
  await rejectsWith('X', failing('X'), 'it')
  await expect(rejectsWith('X', failing('Y'), 'it')).rejects.toThrow(
    'it rejected with "Error: no", and not with X',
  )
  for (const value of [undefined, 'x']) {
    await expect(rejectsWith('X', Promise.resolve(value), 'it')).rejects.toThrow(
      /^it returned .*did not reject/,
    )
  }
})
