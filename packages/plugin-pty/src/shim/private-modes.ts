import type {Terminal} from '@xterm/headless'

/** Mode that shows the cursor. */
const CURSOR = 25

/** Modes that are on in a new terminal. */
const DEFAULT: readonly number[] = [CURSOR]

/**
 * Modes that a viewer's terminal must share with the program: those that change the keys, mouse events and pastes that
 * it sends, and the visibility of the cursor.
 */
const MIRRORED: readonly number[] = [1, CURSOR, 9, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004]

/** Tracks the private modes that a program has switched on. The terminal library exposes only a few of them. */
export class PrivateModes {
  #on: ReadonlySet<number> = new Set(DEFAULT)

  constructor(terminal: Terminal) {
    const change = (params: readonly (number | number[])[], set: boolean) => {
      const numbers = params.flat().filter((mode) => MIRRORED.includes(mode))
      const others = [...this.#on].filter((mode) => !numbers.includes(mode))
      this.#on = new Set(set ? [...others, ...numbers] : others)
      // False: the terminal handles the sequence, too.
      return false
    }
    terminal.parser.registerCsiHandler({prefix: '?', final: 'h'}, (params) => change(params, true))
    terminal.parser.registerCsiHandler({prefix: '?', final: 'l'}, (params) => change(params, false))
    const reset = () => {
      this.#on = new Set(DEFAULT)
      return false
    }
    terminal.parser.registerEscHandler({final: 'c'}, reset)
    terminal.parser.registerCsiHandler({intermediates: '!', final: 'p'}, reset)
  }

  get on(): ReadonlySet<number> {
    return this.#on
  }

  get cursorVisible(): boolean {
    return this.#on.has(CURSOR)
  }

  get applicationCursorKeys(): boolean {
    return this.#on.has(1)
  }

  get bracketedPaste(): boolean {
    return this.#on.has(2004)
  }
}

/** The sequences that switch a terminal from one set of modes to another. */
export function switchModes(from: ReadonlySet<number>, to: ReadonlySet<number>): string {
  const off = [...from].filter((mode) => !to.has(mode)).map((mode) => `\x1b[?${mode}l`)
  const on = [...to].filter((mode) => !from.has(mode)).map((mode) => `\x1b[?${mode}h`)
  return [...off, ...on].join('')
}

/** The modes of a new terminal. */
export const DEFAULT_MODES: ReadonlySet<number> = new Set(DEFAULT)

/** Resets all mirrored modes of a viewer's terminal. */
export const RESET_MODES = `${switchModes(new Set(MIRRORED), DEFAULT_MODES)}\x1b[?${CURSOR}h`
