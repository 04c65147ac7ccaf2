import {createRequire} from 'node:module'
import type {TerminalView} from '@gtown/sdk'
import type {IBufferLine, Terminal} from '@xterm/headless'
import type {Size} from '../protocol.js'
import {PrivateModes} from './private-modes.js'
import {styledRow} from './styled-row.js'

// require instead of import: Node would parse these CommonJS bundles twice, once to find their exports.
const require = createRequire(import.meta.url)
const headless: typeof import('@xterm/headless') = require('@xterm/headless')
const unicode11: typeof import('@xterm/addon-unicode11') = require('@xterm/addon-unicode11')

/** Rows kept above the screen. They reappear when a viewer's terminal is taller. */
const SCROLLBACK = 200

/** Maximum number of characters waiting to be drawn. */
const MAX_UNDRAWN = 2 ** 15

/** A program's output, rendered by a terminal in memory. */
export class Screen {
  readonly #terminal: Terminal
  readonly modes: PrivateModes
  #title = ''
  #undrawn = 0
  #drawn: Promise<void> = Promise.resolve()

  /** @param reply receives the terminal's answers to a program's queries, such as the cursor position */
  constructor({columns, rows}: Size, reply: (text: string) => void) {
    this.#terminal = new headless.Terminal({
      cols: columns,
      rows,
      scrollback: SCROLLBACK,
      allowProposedApi: true,
      logLevel: 'off',
    })
    // Programs count two columns for an emoji, but the library's default tables count one.
    this.#terminal.loadAddon(new unicode11.Unicode11Addon())
    this.#terminal.unicode.activeVersion = '11'
    this.modes = new PrivateModes(this.#terminal)
    this.#terminal.onTitleChange((title) => {
      this.#title = title
    })
    this.#terminal.onData(reply)
  }

  /** Draws the program's output; resolves when the screen shows it. */
  write(text: string): Promise<void> {
    this.#undrawn += text.length
    this.#drawn = new Promise((resolve) =>
      this.#terminal.write(text, () => {
        this.#undrawn -= text.length
        resolve()
      }),
    )
    return this.#drawn
  }

  /** Resolves when the screen shows everything written so far. */
  drawn(): Promise<void> {
    return this.#drawn
  }

  /** True while too much output waits to be drawn to accept more. */
  get isBehind(): boolean {
    return this.#undrawn > MAX_UNDRAWN
  }

  resize({columns, rows}: Size): void {
    this.#terminal.resize(columns, rows)
  }

  get size(): Size {
    return {columns: this.#terminal.cols, rows: this.#terminal.rows}
  }

  /** The rows as plain text, wrapped ones joined, without blank lines at the end. */
  lines(): string[] {
    const lines: string[] = []
    for (const [row, line] of this.#visible().entries()) {
      // Not trimmed yet: in a wrapped line only the last row can end in padding.
      const text = line?.translateToString(false) ?? ''
      if (row > 0 && line?.isWrapped) lines.push(`${lines.pop() ?? ''}${text}`)
      else lines.push(text)
    }
    const trimmed = lines.map((line) => line.trimEnd())
    return trimmed.slice(0, trimmed.findLastIndex((line) => line !== '') + 1)
  }

  /** @param command name of the foreground process */
  view(command: string): TerminalView {
    const {cols: columns, buffer} = this.#terminal
    const visible = this.#visible()
    return {
      at: Date.now(),
      columns,
      // Blanks only: a no-break space after the prompt helps to recognise some agents.
      rows: visible.map((line) => line?.translateToString(true).replace(/ +$/, '') ?? ''),
      styledRows: visible.map((line) => styledRow(line, columns)),
      cursor: {
        // Past the last column, terminals report the last one until the next character wraps.
        column: Math.min(buffer.active.cursorX, columns - 1),
        row: buffer.active.cursorY,
        visible: this.modes.cursorVisible,
      },
      title: this.#title,
      command,
      alternateScreen: buffer.active.type === 'alternate',
      inMode: false,
    }
  }

  #visible(): (IBufferLine | undefined)[] {
    const {active} = this.#terminal.buffer
    return Array.from({length: this.#terminal.rows}, (_, row) => active.getLine(active.baseY + row))
  }
}
