import type {TerminalView} from '@gtown/sdk'

/** Number of trailing characters to search for, since the start of a long text has scrolled out of the prompt. */
const TAIL = 24

/** A shorter end of a wrapped line would match by chance. */
const SHORTEST_END = 4

/** Rows around the cursor in which the end of the text may be. */
const ROWS_ABOVE = 12
const ROWS_BELOW = 2

/** Placeholder that agents show instead of a long text. */
const PLACEHOLDER = /\[(pasted|paste)\b[^\]]*\]/i

/**
 * True when the end of the text, or the agent's placeholder for a long text, is near the cursor. Only letters and digits
 * are compared, since agents wrap and frame the text.
 */
export function showsText({rows, cursor}: TerminalView, text: string): boolean {
  const near = rows.slice(Math.max(0, cursor.row - ROWS_ABOVE), cursor.row + 1 + ROWS_BELOW).join('\n')
  const tail = bare(text).slice(-TAIL)
  return tail === '' || bare(near).includes(tail) || PLACEHOLDER.test(near)
}

/**
 * True when the cursor is right after the end of the text. It reads only the cursor's row, since the conversation above
 * the prompt repeats submitted texts.
 */
export function endsAtCursor({rows, cursor}: TerminalView, text: string): boolean {
  const before = bare((rows[cursor.row] ?? '').slice(0, cursor.column)).slice(-TAIL)
  const tail = bare(text).slice(-TAIL)
  if (tail === '' || before === '') return false
  return before.endsWith(tail) || (before.length >= SHORTEST_END && tail.endsWith(before))
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '')
}
