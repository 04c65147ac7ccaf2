import {expect, test} from 'vitest'
import {checkSessionName, isSafeName, shorten} from '../../src/names.js'
import {typedText} from '../../src/typed-text.js'

test.each(['a', '_', '7', 'A-b_c', 'x'.repeat(64)])('%s is a safe name', (name) => {
  expect(isSafeName(name)).toBe(true)
})

test.each([
  '',
  '-',
  '-a',
  '.',
  '..',
  'a.b',
  'a/b',
  '/a',
  'a/',
  '../a',
  'a b',
  ' a',
  'a:b',
  'a\n',
  '\na',
  'a\nb',
  'a\0',
  'é',
  '$(id)',
  'x'.repeat(65),
])('%j is none', (name) => {
  expect(isSafeName(name)).toBe(false)
})

test('A session may have a longer name, but no other', () => {
  expect(() => checkSessionName('x'.repeat(200))).not.toThrow()
  for (const name of ['x'.repeat(201), 'a.b', 'a:b', '']) {
    expect(() => checkSessionName(name)).toThrow(expect.objectContaining({code: 'INVALID_NAME'}))
  }
})

test('A text in a message is on one line, without control characters, and not too long', () => {
  expect(shorten('a\nb\x1b[2J\x9b')).toBe('a?b?[2J?')
  expect(shorten('x'.repeat(60))).toBe('x'.repeat(60))
  expect(shorten('x'.repeat(61))).toBe(`${'x'.repeat(60)}…`)
  expect(shorten('xyz', 2)).toBe('xy…')
})

test('A text that is typed has newlines and tabs, and no other key', () => {
  expect(typedText('a\r\nb\rc\n\td\x1be\x03\x9b')).toBe('a\nb\nc\n\tde')
})
