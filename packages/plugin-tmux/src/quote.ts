// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOT_PLAIN = /[\x00-\x7f]/g
const PLAIN = /[A-Za-z0-9 _.,:/@+-]/

/**
 * One word for tmux's command parser that stands for the text, byte for byte. Everything in ASCII that is not
 * plainly harmless becomes an octal escape: no quote, variable, comment, line break or block can begin in it.
 */
export function quote(text: string): string {
  const escaped = text.replace(NOT_PLAIN, (char) =>
    PLAIN.test(char) ? char : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return `"${escaped}"`
}

/** The text as a format that expands to it: in a status line `#` begins a format and `%` a part of the date. */
export function escapeFormat(text: string): string {
  return text.replace(/[#%]/g, '$&$&')
}
