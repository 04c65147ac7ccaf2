/**
 * Prepares a text for typing: line ends become newlines, and control characters other than newline and tab are
 * removed, because a program would take them for keys.
 */
export function typedText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (char) => (char === '\n' || char === '\t' ? char : ''))
}
