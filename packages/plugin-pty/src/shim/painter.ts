import type {TerminalView} from '@gtown/sdk'
import {DEFAULT_MODES, switchModes} from './private-modes.js'

/** Knows what one viewer's terminal shows, and writes only the difference. */
export class Painter {
  #rows: readonly string[] = []
  #modes = DEFAULT_MODES

  /** Forgets what was painted, so that the next paint draws everything. */
  reset(): void {
    this.#rows = []
  }

  /** The output that makes the viewer's terminal show the view. */
  paint({styledRows, cursor}: TerminalView, modes: ReadonlySet<number>): string {
    const clear = this.#rows.length === 0 ? '\x1b[0m\x1b[2J' : ''
    const changed = styledRows.flatMap((row, index) =>
      row === (this.#rows[index] ?? '') ? [] : `${moveTo(index, 0)}${row}\x1b[K`,
    )
    const switched = switchModes(this.#modes, modes)
    this.#rows = styledRows
    this.#modes = modes
    // The cursor is hidden while it moves.
    const hide = changed.length > 0 && cursor.visible ? '\x1b[?25l' : ''
    const show = hide === '' ? '' : '\x1b[?25h'
    return [hide, clear, ...changed, switched, moveTo(cursor.row, cursor.column), show].join('')
  }
}

function moveTo(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`
}
