/** One character of a row with its style. */
export interface Cell {
  character: string
  /** SGR parameters of its foreground colour, such as `38;5;244`; empty for the default. */
  colour: string
  background: string
  dim: boolean
  bold: boolean
  reverse: boolean
}

type Style = Omit<Cell, 'character'>

const plain: Style = {colour: '', background: '', dim: false, bold: false, reverse: false}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
const sequence = /\u001b\[([\d;]*)m/g

/**
 * The cells of one row. The rows may contain escape sequences of colours and attributes, and no others. tmux writes a
 * style only where it changes, so a row begins with the style at the end of the row above.
 */
export function cellsOf(styledRows: readonly string[], row: number): Cell[] {
  const cells: Cell[] = []
  const text = styledRows[row] ?? ''
  let style = styledRows.slice(0, row).reduce(styleAtEnd, plain)
  let from = 0
  for (const match of text.matchAll(sequence)) {
    for (const character of text.slice(from, match.index)) cells.push({character, ...style})
    style = styleAfter(style, match[1] ?? '')
    from = match.index + match[0].length
  }
  for (const character of text.slice(from)) cells.push({character, ...style})
  return cells
}

function styleAtEnd(before: Style, styledRow: string): Style {
  let style = before
  for (const [, parameters = ''] of styledRow.matchAll(sequence)) style = styleAfter(style, parameters)
  return style
}

function styleAfter(before: Style, parameters: string): Style {
  const codes = parameters === '' ? ['0'] : parameters.split(';')
  let style = before
  for (let index = 0; index < codes.length; index++) {
    const code = Number(codes[index])
    const length = code === 38 || code === 48 ? (codes[index + 1] === '2' ? 5 : 3) : 1
    style = {...style, ...change(code, codes.slice(index, index + length).join(';'))}
    index += length - 1
  }
  return style
}

function change(code: number, value: string): Partial<Style> {
  if (code === 0) return plain
  if (code === 1) return {bold: true}
  if (code === 2) return {dim: true}
  if (code === 22) return {bold: false, dim: false}
  if (code === 7 || code === 27) return {reverse: code === 7}
  if (code === 39) return {colour: ''}
  if (code === 49) return {background: ''}
  // 30 to 39 and 90 to 99 set the foreground, 40 to 49 and 100 to 109 the background.
  const tens = Math.floor(code / 10)
  if (tens === 3 || tens === 9) return {colour: value}
  return tens === 4 || tens === 10 ? {background: value} : {}
}

/** True for the style of a hint rather than of typed text: dim or grey. */
export function isFaint({dim, colour}: Cell): boolean {
  return dim || colour === '90' || isGrey(colour.split(';').map(Number))
}

/** True for medium brightness with almost no colour. */
function isGrey([, kind, ...values]: readonly number[]): boolean {
  const parts = kind === 5 ? paletteColour(values[0] ?? 0) : values
  const [darkest, brightest] = [Math.min(...parts), Math.max(...parts)]
  return parts.length === 3 && brightest - darkest <= 40 && brightest >= 64 && brightest <= 190
}

/** RGB of a palette colour. The first 16 depend on the user's theme, so only 8 (grey) is known. */
function paletteColour(index: number): number[] {
  if (index < 16) return index === 8 ? [128, 128, 128] : []
  if (index >= 232) return Array(3).fill(8 + (index - 232) * 10)
  const steps = [Math.floor((index - 16) / 36), Math.floor(((index - 16) % 36) / 6), (index - 16) % 6]
  return steps.map((step) => (step === 0 ? 0 : 55 + step * 40))
}

/** Number of different styles in the text of a row. Blanks do not count. */
export function styleCount(cells: readonly Cell[]): number {
  const shown = cells.filter(({character}) => character.trim() !== '')
  return new Set(shown.map(({colour, dim, bold}) => `${colour},${dim},${bold}`)).size
}
