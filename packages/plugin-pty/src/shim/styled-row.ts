import type {IBufferCell, IBufferLine} from '@xterm/headless'

/** One screen row with the escape sequences of its colours and attributes, without unstyled blanks at its end. */
export function styledRow(line: IBufferLine | undefined, columns: number): string {
  if (!line) return ''
  const parts: string[] = []
  let style = ''
  for (let column = 0; column < lastColumn(line, columns); column++) {
    const cell = line.getCell(column)
    // Second half of a wide character.
    if (!cell || cell.getWidth() === 0) continue
    const next = styleOf(cell)
    if (next !== style && style !== '') parts.push('\x1b[0m')
    if (next !== style && next !== '') parts.push(`\x1b[${next}m`)
    style = next
    parts.push(cell.getChars() || ' ')
  }
  if (style !== '') parts.push('\x1b[0m')
  return parts.join('')
}

/** The column after the last one that is not an unstyled blank. */
function lastColumn(line: IBufferLine, columns: number): number {
  for (let end = columns; end > 0; end--) {
    const cell = line.getCell(end - 1)
    if (cell && (cell.getChars().trim() !== '' || cell.getWidth() === 0 || styleOf(cell) !== '')) return end
  }
  return 0
}

/** Parameters of the SGR sequence for the cell's style; empty for the default style. */
function styleOf(cell: IBufferCell): string {
  if (cell.isAttributeDefault()) return ''
  const attributes: [set: number, code: number][] = [
    [cell.isBold(), 1],
    [cell.isDim(), 2],
    [cell.isItalic(), 3],
    [cell.isUnderline(), 4],
    [cell.isBlink(), 5],
    [cell.isInverse(), 7],
    [cell.isInvisible(), 8],
    [cell.isStrikethrough(), 9],
    [cell.isOverline(), 53],
  ]
  const codes = attributes.filter(([set]) => set !== 0).map(([, code]) => code)
  return [...codes, ...foreground(cell), ...background(cell)].join(';')
}

function foreground(cell: IBufferCell): number[] {
  if (cell.isFgDefault()) return []
  return cell.isFgRGB() ? [38, 2, ...channels(cell.getFgColor())] : palette(cell.getFgColor(), 0)
}

function background(cell: IBufferCell): number[] {
  if (cell.isBgDefault()) return []
  return cell.isBgRGB() ? [48, 2, ...channels(cell.getBgColor())] : palette(cell.getBgColor(), 10)
}

/** The first 16 colours have codes of their own. */
function palette(colour: number, offset: number): number[] {
  if (colour < 8) return [30 + colour + offset]
  return colour < 16 ? [82 + colour + offset] : [38 + offset, 5, colour]
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]
}
