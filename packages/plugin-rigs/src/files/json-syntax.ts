const SPACE = /[ \t\n\r]*/y

/** Made when it is needed: the engine takes longer over its classes of characters than a rig's files take to be read. */
function wordPattern(): RegExp {
  const string = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/u
  const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/u
  return new RegExp(`${string.source}|${number.source}|true|false|null|[{}[\\],:]`, 'uy')
}

type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'end'

/**
 * Where a text stops being JSON, counted from 1. Engines tell this in some cases only, and each in its own words.
 * Meant for a text that `JSON.parse` refused.
 */
export function findSyntaxError(text: string): {line: number; column: number} {
  const pattern = wordPattern()
  const open: string[] = []
  let expected: Expected | undefined = 'value'
  let offset = skipSpace(text, 0)
  while (expected && offset < text.length) {
    const word = matchAt(pattern, text, offset)
    expected = word === '' ? undefined : follow(word, expected, open)
    if (expected) offset = skipSpace(text, offset + word.length)
  }
  const before = text.slice(0, offset)
  return {line: before.split('\n').length, column: offset - before.lastIndexOf('\n')}
}

/** What may come after a word, or undefined when the word itself may not be here. */
function follow(word: string, expected: Expected, open: string[]): Expected | undefined {
  switch (expected) {
    case 'first key':
      return word === '}' ? close(open) : followKey(word)
    case 'key':
      return followKey(word)
    case 'colon':
      return word === ':' ? 'value' : undefined
    case 'first value':
      return word === ']' ? close(open) : followValue(word, open)
    case 'value':
      return followValue(word, open)
    case 'end':
      return followEnd(word, open)
  }
}

function followKey(word: string): Expected | undefined {
  return word.startsWith('"') ? 'colon' : undefined
}

function followValue(word: string, open: string[]): Expected | undefined {
  if (word === '{' || word === '[') {
    open.push(word)
    return word === '{' ? 'first key' : 'first value'
  }
  return /^[}\],:]$/.test(word) ? undefined : 'end'
}

function followEnd(word: string, open: string[]): Expected | undefined {
  const inside = open.at(-1)
  if (word === ',' && inside) return inside === '{' ? 'key' : 'value'
  const closes = (word === '}' && inside === '{') || (word === ']' && inside === '[')
  return closes ? close(open) : undefined
}

function close(open: string[]): Expected {
  open.pop()
  return 'end'
}

function skipSpace(text: string, offset: number): number {
  return offset + matchAt(SPACE, text, offset).length
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0] ?? ''
}
