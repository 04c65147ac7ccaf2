import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {findSyntaxError} from '../../src/files/json-syntax.js'

describe('findSyntaxError', () => {
  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a":1,}', 1, 8],
    ['not json', 1, 1],
    ['{"version":1,\n "rigs": nope}', 2, 10],
    ['{"a":"x\ny"}', 1, 6],
    ['[1 2]', 1, 4],
    ['[1}', 1, 3],
    ['{"a" 1}', 1, 6],
    ['{1:2}', 1, 2],
    ['[01]', 1, 3],
    ['{} {}', 1, 4],
    ['{"a":[1,{"b":2}],\n\n"c":tru}', 3, 5],
    ['\ufeff{}', 1, 1],
  ])('%j: line %i, column %i', (text, line, column) => {
    expect(() => JSON.parse(text)).toThrow()
    expect(findSyntaxError(text)).toEqual({line, column})
  })

  it('ValidText: no error before its end', () => {
    fc.assert(
      fc.property(fc.json({noUnicodeString: false}), (text) => {
        expect(findSyntaxError(text)).toEqual({line: 1, column: text.length + 1})
      }),
    )
  })

  it('StrayCharacter: is found between any two tokens', () => {
    fc.assert(
      fc.property(fc.object(), fc.nat(), (value, choice) => {
        const words = JSON.stringify(value).match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:]+/g) ?? []
        const before = words.slice(0, choice % words.length).join('')
        const after = words.slice(choice % words.length).join('')
        expect(findSyntaxError(`${before}@${after}`)).toEqual({line: 1, column: before.length + 1})
      }),
    )
  })

  it('LongString: does not exhaust the stack', () => {
    expect(findSyntaxError(`["${'x'.repeat(3_000_000)}`)).toEqual({line: 1, column: 2})
  })
})
