import {cellsOf} from './styled-row.js'

export interface Choice {
  label: string
  /** True for the choice that Enter takes. */
  marked: boolean
}

export interface ChoiceList {
  choices: readonly Choice[]
  /** Recognised only by a mark and a column, which an old line of the conversation may also have. */
  isPlain: boolean
  firstRow: number
  markedRow: number
}

const mark = /^[\s│┃]*[❯›>●▸▶→]\s+(?=\S)/
const numbered = /^[\s│┃]*(?:[❯›>●▸▶→]\s+)?(\d+)[.)]\s+(?=\S)/
const edge = /^\s*[╭╰┌└├]?[─━╌]{10,}/

/** The lowest list with a marked choice in the rows from `start` up to but not including `end`. */
export function findChoices(
  rows: readonly string[],
  styledRows: readonly string[],
  start: number,
  end: number,
): ChoiceList | undefined {
  for (let row = end - 1; row >= start; row--) {
    const found = isMarked(rows[row] ?? '') ? listAround(rows, row) : []
    // A single marked line is not enough evidence.
    if (found.length > 1) return listOf(rows, found, row)
  }
  return findButtons(rows, styledRows, Math.max(start, end - buttonRows), end)
}

/** True for a line that looks like a marked choice. */
export function isMarked(row: string): boolean {
  return mark.test(row)
}

/** Maximum distance of two numbered rows, since choices may be wrapped or explained. */
const widestGap = 4

/** The rows of the choices: those with consecutive numbers, or the adjacent ones in the marked one's column. */
function listAround(rows: readonly string[], marked: number): number[] {
  const own = numberAt(rows, marked)
  const column = mark.exec(rows[marked] ?? '')?.[0].length
  const isInColumn = (row: number) => (rows[row] ?? '').search(/[^\s│┃]/) === column
  const collect = (step: 1 | -1) =>
    own === undefined
      ? neighbours(rows, marked, step, 1, isInColumn)
      : neighbours(rows, marked, step, widestGap, (row, count) => numberAt(rows, row) === own + step * count)
  return [...collect(-1).reverse(), marked, ...collect(1)]
}

function neighbours(
  rows: readonly string[],
  from: number,
  step: 1 | -1,
  most: number,
  isNext: (row: number, count: number) => boolean,
): number[] {
  const found: number[] = []
  let gap = 0
  for (let row = from + step; row >= 0 && row < rows.length && gap < most; row += step) {
    if (edge.test(rows[row] ?? '')) break
    gap = isNext(row, found.length + 1) ? 0 : gap + 1
    if (gap === 0) found.push(row)
  }
  return found
}

function numberAt(rows: readonly string[], row: number): number | undefined {
  const digits = numbered.exec(rows[row] ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function listOf(rows: readonly string[], found: readonly number[], marked: number): ChoiceList {
  return {
    choices: found.map((row) => ({label: labelOf(rows[row] ?? ''), marked: row === marked})),
    isPlain: numberAt(rows, marked) === undefined,
    firstRow: found[0] ?? marked,
    markedRow: marked,
  }
}

function labelOf(row: string): string {
  return row
    .replace(numbered, '')
    .replace(mark, '')
    .replace(/^[\s│┃]+|[\s│┃]+$/g, '')
}

const buttonRows = 4

/** Choices side by side. The marked one has its own background. */
function findButtons(
  rows: readonly string[],
  styledRows: readonly string[],
  start: number,
  end: number,
): ChoiceList | undefined {
  for (let row = end - 1; row >= start; row--) {
    const choices = buttonsOf(rows[row] ?? '', styledRows, row)
    if (choices.filter(({marked}) => marked).length === 1)
      return {choices, isPlain: false, firstRow: row, markedRow: row}
  }
  return undefined
}

/** The buttons left of a wide gap. Unmarked ones have the background of the gap. */
function buttonsOf(text: string, styledRows: readonly string[], row: number): Choice[] {
  const left = text.replace(/\s{6,}\S.*$/, '')
  const labels = left.replace(/^[\s│┃]+/, '').split(/\s{3,}/)
  if (labels.length < 2) return []
  const cells = cellsOf(styledRows, row)
  const gap = cells[left.length + 2]?.background
  return labels.map((label) => ({label, marked: cells[text.indexOf(label)]?.background !== gap}))
}
