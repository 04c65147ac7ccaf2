import fc from 'fast-check'
import {expect, test} from 'vitest'
import {escapeFormat, quote} from '../../src/quote.js'

test('quote_AnyText: only harmless ASCII stays unchanged', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), (text) => {
      expect(quote(text)).toMatch(/^"([A-Za-z0-9 _.,:/@+-]|\\[01][0-7]{2}|[^\p{ASCII}])*"$/u)
    }),
  )
})

test('quote_Text: is the text again after unescaping', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), (text) => {
      const read = quote(text)
        .slice(1, -1)
        .replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)))
      expect(read).toBe(text)
    }),
  )
})

test('escapeFormat_FormatCharacters: each is doubled', () => {
  expect(escapeFormat('a #(b) #{c} %H ##')).toBe('a ##(b) ##{c} %%H ####')
})
