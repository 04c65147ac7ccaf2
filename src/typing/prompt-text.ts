import type {TerminalView} from '@gtown/sdk'

/** How much of a text's end is looked for: the beginning of a long one has scrolled out of the prompt. */
const TAIL = 24

/** A wrapped line that is shorter could be anything. */
const SHORTEST_END = 4

/** How far above the cursor the end of the text may stand, and how far below a prompt may draw its cursor. */
const ROWS_ABOVE = 12
const ROWS_BELOW = 2

/** What agents show instead of a long text. */
const PLACEHOLDER = /\[(pasted|paste)\b[^\]]*\]/i

/**
 * True when the end of the text stands around the cursor, or the agent's own sign for a text that is too long to show.
 * Blanks, borders and line breaks are not compared: agents wrap and frame what they are given.
 */
export function showsText({rows, cursor}: TerminalView, text: string): boolean {
  const near = rows.slice(Math.max(0, cursor.row - ROWS_ABOVE), cursor.row + 1 + ROWS_BELOW).join('\n')
  const tail = bare(text).slice(-TAIL)
  return tail === '' || bare(near).includes(tail) || PLACEHOLDER.test(near)
}

/**
 * True when the cursor stands right behind the end of the text. Only its own row is read: a conversation above the
 * prompt repeats what was submitted.
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
