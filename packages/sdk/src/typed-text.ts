/**
 * A text as it may be typed at a program: line ends are newlines, and control characters but newline and tab are
 * left out, since a program would take them for keys.
 */
export function typedText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (char) => (char === '\n' || char === '\t' ? char : ''))
}
