/** The content of a session's terminal at one moment. */
export interface TerminalView {
  /** Milliseconds since the epoch. */
  at: number
  columns: number
  /**
   * The visible rows as text, from the top, including blank rows and without trailing blanks. A wrapped line spans
   * several rows.
   */
  rows: readonly string[]
  /** The same rows with escape sequences for colours and attributes only. */
  styledRows: readonly string[]
  /** Counted from 0 at the top left. `visible` is false if the program hides it. */
  cursor: {column: number; row: number; visible: boolean}
  /** The window title. It stays after the program that set it has ended. Empty if unknown. */
  title: string
  /** The name of the foreground process; empty if unknown. */
  command: string
  /** True on the alternate screen, which full-screen programs use. */
  alternateScreen: boolean
  /** True while a person scrolls back or selects text, so that typed keys would not reach the program. */
  inMode: boolean
}

/** A key that gt may press. Escape and Ctrl-C are excluded, because their effect differs between agents. */
export type Key = 'Enter' | 'Up' | 'Down'

export interface TypeOptions {
  /**
   * The view that the caller's decision is based on. Rejects with `SCREEN_CHANGED` and types nothing if the cursor
   * has moved or is hidden, the program has switched screens, or a person is scrolling back. The check and the typing
   * are one step.
   */
  seen?: TerminalView
}
