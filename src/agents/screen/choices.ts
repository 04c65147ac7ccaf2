import {cellsOf} from './styled-row.js'

export interface Choice {
  label: string
  /** Enter would take it. */
  marked: boolean
}

export interface ChoiceList {
  choices: readonly Choice[]
  /** Told by nothing but a mark and a column, as an old line of a conversation may be too. */
  isPlain: boolean
  firstRow: number
  markedRow: number
}

const mark = /^[\s│┃]*[❯›>●▸▶→]\s+(?=\S)/
const numbered = /^[\s│┃]*(?:[❯›>●▸▶→]\s+)?(\d+)[.)]\s+(?=\S)/
const edge = /^\s*[╭╰┌└├]?[─━╌]{10,}/

/** The lowest list with a marked choice in the rows from `start` to below `end`. */
export function findChoices(
  rows: readonly string[],
  styledRows: readonly string[],
  start: number,
  end: number,
): ChoiceList | undefined {
  for (let row = end - 1; row >= start; row--) {
    const found = isMarked(rows[row] ?? '') ? listAround(rows, row) : []
    // A single marked line may be anything.
    if (found.length > 1) return listOf(rows, found, row)
  }
  return findButtons(rows, styledRows, Math.max(start, end - buttonRows), end)
}

/** Whether a line is a choice that Enter would take, as far as one line can tell. */
export function isMarked(row: string): boolean {
  return mark.test(row)
}

/** A long choice is wrapped and a choice may be explained, so rows without a number lie between those with one. */
const widestGap = 4

/** The rows of the choices: those with the neighbouring numbers, or those next to the marked one in its column. */
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

/** Choices side by side, of which the marked one has a background of its own. */
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

/** The buttons stand left of a wide gap, which has the background of all but the marked one. */
function buttonsOf(text: string, styledRows: readonly string[], row: number): Choice[] {
  const left = text.replace(/\s{6,}\S.*$/, '')
  const labels = left.replace(/^[\s│┃]+/, '').split(/\s{3,}/)
  if (labels.length < 2) return []
  const cells = cellsOf(styledRows, row)
  const gap = cells[left.length + 2]?.background
  return labels.map((label) => ({label, marked: cells[text.indexOf(label)]?.background !== gap}))
}
