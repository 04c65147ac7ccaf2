import type {WriteStream} from 'node:tty'
import {pauseUnlessAborted} from '../pause.js'

/** Alternate screen, hidden cursor, no line wrap. */
const OPEN = '\x1b[?1049h\x1b[?25l\x1b[?7l'
const CLOSE = '\x1b[?7h\x1b[?25h\x1b[?1049l'
/** Synchronised output: terminals that support it show the frame at once. */
const BEGIN_FRAME = '\x1b[?2026h'
const END_FRAME = '\x1b[?2026l'

export interface WatchOptions {
  /** Milliseconds from the end of one check to the next. */
  intervalMs: number
  signal: AbortSignal
}

/** Calls `look` repeatedly until the signal is aborted. `look` must handle its own failures. */
export async function watch(look: () => Promise<void>, {intervalMs, signal}: WatchOptions): Promise<void> {
  while (!signal.aborted) {
    await look()
    await pauseUnlessAborted(intervalMs, signal)
  }
}

type Terminal = Pick<WriteStream, 'columns' | 'rows' | 'write' | 'on' | 'off'>

/**
 * Repaints a text on the alternate screen without flicker: writes only lines that differ. If lines do not fit, the
 * last row shows their number.
 */
export class Repainter {
  #text = ''
  #shown: string[] = []
  readonly #terminal: Terminal
  readonly #repaint = () => {
    this.#shown = []
    this.#draw()
  }

  constructor(terminal: Terminal) {
    this.#terminal = terminal
    terminal.write(OPEN)
    terminal.on('resize', this.#repaint)
  }

  paint(text: string): void {
    this.#text = text
    this.#draw()
  }

  /** Restores the terminal. */
  close(): void {
    this.#terminal.off('resize', this.#repaint)
    this.#terminal.write(CLOSE)
  }

  #draw(): void {
    const lines = fitted(this.#text.split('\n'), this.#terminal.rows || 24)
    const isFirst = this.#shown.length === 0
    const changes = lines.flatMap((line, index) =>
      line === this.#shown[index] ? [] : [`\x1b[${index + 1};1H\x1b[2K${line}`],
    )
    if (isFirst) changes.unshift('\x1b[2J')
    if (lines.length < this.#shown.length) changes.push(`\x1b[${lines.length + 1};1H\x1b[J`)
    this.#shown = lines
    if (changes.length > 0) this.#terminal.write(`${BEGIN_FRAME}${changes.join('')}${END_FRAME}`)
  }
}

function fitted(lines: string[], rows: number): string[] {
  if (lines.length <= rows) return lines
  return [...lines.slice(0, rows - 1), `… and ${lines.length - rows + 1} more lines`]
}
