import {expect, test} from 'vitest'

/** A file that holds one JSON object, and who reads it. */
export interface OddFile {
  /** What stands in the file, with every field that there is. */
  whole: Record<string, unknown>
  /** Gives what the file says; undefined, or a rejection, where it cannot be used. */
  read: (text: string) => unknown
  /** The fields that may be missing, or hold something else. */
  lenient?: readonly string[]
  /** The fields that may be missing, and may not hold something else. */
  optional?: readonly string[]
  /** Whether keys that gt does not know are given, too. */
  extras: 'kept' | 'left out'
}

/** Tests that odd content is told from whole content, field by field. */
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
