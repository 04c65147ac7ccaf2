import type {TerminalView} from '@gtown/sdk'
import type {PromptLayout} from './rules.js'
import {type Cell, cellsOf, isFaint} from './styled-row.js'

/** The prompt's place, as row numbers from the top of the screen. */
export interface Prompt {
  /** The row that closes the box above; `first` if there is none. */
  top: number
  first: number
  /** The row that closes the box below. */
  bottom: number
  /** The agent's own characters before the text. */
  mark: string
  /** True when rows begin with a bar. */
  margin: boolean
  /** The typed text of its first row that has any, without blanks. A hint in faint letters does not count. */
  text: string
}

/** The prompt; undefined unless it has the agent's layout, little text below it, and the cursor in its place. */
export function findPrompt(view: TerminalView, layout: PromptLayout): Prompt | undefined {
  const end = textEnd(view.rows)
  const found = findBox(view, layout, end)
  const leftover = found || !layout.leftover ? undefined : findUp(view.rows, layout.leftover, end)
  return leftover === undefined ? found : findBox(view, layout, textEnd(view.rows.slice(0, leftover)))
}

function findBox(view: TerminalView, layout: PromptLayout, end: number): Prompt | undefined {
  const bottom = layout.bottom ? findUp(view.rows, layout.bottom, end) : end
  if (bottom === undefined || textRows(view.rows, bottom + 1, end) > layout.below) return
  if (layout.footed && (view.rows[bottom + 1] ?? '').trim() === '') return
  const first = findFirst(view.rows, layout, bottom)
  if (first === undefined || !isCursorRight(view, layout, first, bottom)) return
  if (!layout.bottom && textRows(view.rows, first, end) < end - first) return
  return {
    top: layout.top ? (findUp(view.rows, layout.top, first) ?? first) : first,
    first,
    bottom,
    mark: layout.first.exec(view.rows[first] ?? '')?.[0].trim() ?? '',
    margin: layout.margin !== undefined,
    text: typedText(view, layout, first, bottom - (layout.inset ?? 0)),
  }
}

/** Index of the row after the last one with text. */
export function textEnd(rows: readonly string[]): number {
  return rows.findLastIndex((row) => row.trim() !== '') + 1
}

function findUp(rows: readonly string[], pattern: RegExp, before: number): number | undefined {
  const found = rows.slice(0, before).findLastIndex((row) => pattern.test(row))
  return found === -1 ? undefined : found
}

function textRows(rows: readonly string[], from: number, to: number): number {
  return rows.slice(from, to).filter((row) => row.trim() !== '').length
}

function findFirst(
  rows: readonly string[],
  {top, first, gap = 0}: PromptLayout,
  bottom: number,
): number | undefined {
  if (!top) return findUp(rows, first, bottom)
  const edge = findUp(rows, top, bottom)
  if (edge === undefined) return
  const offset = rows.slice(edge + 1, Math.min(bottom, edge + gap + 2)).findIndex((row) => first.test(row))
  return offset === -1 ? undefined : edge + 1 + offset
}

function isCursorRight({cursor}: TerminalView, layout: PromptLayout, first: number, bottom: number): boolean {
  if (layout.cursorShown !== undefined && layout.cursorShown !== cursor.visible) return false
  return layout.cursor === 'inside' ? cursor.row >= first && cursor.row < bottom : cursor.row > bottom
}

function typedText({styledRows}: TerminalView, layout: PromptLayout, first: number, end: number): string {
  for (let row = first; row < end; row++) {
    const mark = row === first ? layout.first : layout.margin
    const cells = textCells(cellsOf(styledRows, row), mark)
    if (isTyped(cells)) return cells.map(({character}) => character).join('')
  }
  return ''
}

function textCells(cells: readonly Cell[], mark: RegExp | undefined): Cell[] {
  const text = cells.map(({character}) => character).join('')
  const skip = mark?.exec(text)?.[0].length ?? 0
  return cells.slice(skip).filter(({character}) => character.trim() !== '' && character !== '\u200b')
}

/** True for typed text. An agent's own block cursor hides the style of a hint's first letter, which is then skipped. */
function isTyped(cells: readonly Cell[]): boolean {
  const hint = cells.length > 1 && cells[0]?.reverse === true ? cells.slice(1) : cells
  return hint.some((cell) => !isFaint(cell))
}
