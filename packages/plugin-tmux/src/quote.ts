// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters
const NOT_PLAIN = /[\x00-\x7f]/g
const PLAIN = /[A-Za-z0-9 _.,:/@+-]/

/**
 * The text as one word for tmux's command parser, byte for byte. Each ASCII character that is not plainly harmless
 * becomes an octal escape, so that no quote, variable, comment, line break or block can begin in it.
 */
export function quote(text: string): string {
  const escaped = text.replace(NOT_PLAIN, (char) =>
    PLAIN.test(char) ? char : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return `"${escaped}"`
}

/** A format that expands to the text. In a status line `#` begins a format, and `%` a part of the date. */
export function escapeFormat(text: string): string {
  return text.replace(/[#%]/g, '$&$&')
}
