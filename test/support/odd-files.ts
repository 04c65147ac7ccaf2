import {expect, test} from 'vitest'

/** A file with one JSON object, and its reader. */
export interface OddFile {
  /** Valid content with every field. */
  whole: Record<string, unknown>
  /** Reads the content; returns undefined, or rejects, if it is unusable. */
  read: (text: string) => unknown
  /** Fields that may be missing or of another type. */
  lenient?: readonly string[]
  /** Fields that may be missing, but not of another type. */
  optional?: readonly string[]
  /** Whether the reader keeps unknown keys. */
  extras: 'kept' | 'left out'
}

/** Tests, field by field, that a reader rejects invalid content. */
export function testOddFile(name: string, {whole, read, lenient = [], optional = [], extras}: OddFile): void {
  const usable = async (value: unknown) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return await (async () => read(text))().catch(() => undefined)
  }
  const text = JSON.stringify(whole)

  test(`${name}: whole, and with keys of others`, async () => {
    expect(await usable(whole)).toBeDefined()
    const found = await usable({...whole, extra_key: 1})
    expect(found).toBeDefined()
    expect(JSON.stringify(found).includes('extra_key')).toBe(extras === 'kept')
  })

  test.each([
    ['nothing', ''],
    ['half of it', text.slice(0, text.length / 2)],
    ['null', 'null'],
    ['a list', `[${text}]`],
    ['a text', '"text"'],
    ['zeros', '\0'.repeat(100)],
  ])(`${name}: %s cannot be used`, async (_, odd) => {
    expect(await usable(odd)).toBeUndefined()
  })

  test.each(Object.keys(whole))(`${name}: %s missing, or something else`, async (key) => {
    const isUsable = async (value: unknown) => (await usable({...whole, [key]: value})) !== undefined
    const missing = lenient.includes(key) || optional.includes(key)
    expect([await isUsable(undefined), await isUsable([[]])]).toEqual([missing, lenient.includes(key)])
  })
}
