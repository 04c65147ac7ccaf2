import {expect, test} from 'vitest'
import {DetachKey} from '../../src/detach-key.js'

test.each([
  ['plain keys', ['abc', '\x1b[A'], ['abc', '\x1b[A'], false],
  ['the prefix and d', ['ab\x02dc'], ['ab'], true],
  ['the prefix and D, in two pieces', ['\x02', 'D'], ['', ''], true],
  ['the prefix twice', ['\x02\x02d'], ['\x02d'], false],
  ['the prefix and another key', ['\x02x'], ['\x02x'], false],
])('take_%s: passes on what is for the program', (_, pieces, passed, leaves) => {
  const keys = new DetachKey()
  const taken = pieces.map((piece) => keys.take(piece))
  expect(taken.map(({input}) => input)).toEqual(passed)
  expect(taken.at(-1)?.detach).toBe(leaves)
})
