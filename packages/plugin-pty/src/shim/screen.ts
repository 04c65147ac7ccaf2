import {createRequire} from 'node:module'
import type {TerminalView} from '@gtown/sdk'
import type {IBufferLine, Terminal} from '@xterm/headless'
import type {Size} from '../protocol.js'
import {PrivateModes} from './private-modes.js'
import {styledRow} from './styled-row.js'

// Not imported: that would read these bundles twice, the first time for what they export, and a start would take longer.
const require = createRequire(import.meta.url)
const headless: typeof import('@xterm/headless') = require('@xterm/headless')
const unicode11: typeof import('@xterm/addon-unicode11') = require('@xterm/addon-unicode11')

/** Rows above the screen: they come back when a viewer's terminal is higher. */
const SCROLLBACK = 200

/** Characters that may wait to be drawn. */
const MAX_UNDRAWN = 2 ** 15

/** What a program draws, kept as a terminal would show it. */
export class Screen {
  readonly #terminal: Terminal
  readonly modes: PrivateModes
  #title = ''
  #undrawn = 0
  #drawn: Promise<void> = Promise.resolve()

  /** @param reply gets what a terminal answers to a program's questions, such as where the cursor is */
  constructor({columns, rows}: Size, reply: (text: string) => void) {
    this.#terminal = new headless.Terminal({
      cols: columns,
      rows,
      scrollback: SCROLLBACK,
      allowProposedApi: true,
      logLevel: 'off',
    })
    // Programs count the columns of an emoji as two, and the terminal's oldest tables as one.
    this.#terminal.loadAddon(new unicode11.Unicode11Addon())
    this.#terminal.unicode.activeVersion = '11'
    this.modes = new PrivateModes(this.#terminal)
    this.#terminal.onTitleChange((title) => {
      this.#title = title
    })
    this.#terminal.onData(reply)
  }

  /** Takes what the program wrote; resolves when the screen shows it. */
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

  /** Resolves when the screen shows all that was written until now. */
  drawn(): Promise<void> {
    return this.#drawn
  }

  /** True while so much waits to be drawn that no more should come. */
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
      // Only the last row of a line may end in blanks that nobody wrote.
      const text = line?.translateToString(false) ?? ''
      if (row > 0 && line?.isWrapped) lines.push(`${lines.pop() ?? ''}${text}`)
      else lines.push(text)
    }
    const trimmed = lines.map((line) => line.trimEnd())
    return trimmed.slice(0, trimmed.findLastIndex((line) => line !== '') + 1)
  }

  /** @param command the name of the process in the foreground */
  view(command: string): TerminalView {
    const {cols: columns, buffer} = this.#terminal
    const visible = this.#visible()
    return {
      at: Date.now(),
      columns,
      // Blanks only: agents draw a no-break space behind their prompt, and are known by it.
      rows: visible.map((line) => line?.translateToString(true).replace(/ +$/, '') ?? ''),
      styledRows: visible.map((line) => styledRow(line, columns)),
      cursor: {
        // After the last column a terminal waits there for the next character.
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
