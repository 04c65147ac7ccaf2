/** What a session's terminal showed at one moment. */
export interface TerminalView {
  /** Milliseconds since the epoch. */
  at: number
  columns: number
  /** The visible rows as text, from the top, blank ones included; a wrapped line is several rows. Without blanks at their ends. */
  rows: readonly string[]
  /** The same rows with the escape sequences of their colours and attributes, and no other. */
  styledRows: readonly string[]
  /** Counted from 0 at the top left. Invisible where the program hides it. */
  cursor: {column: number; row: number; visible: boolean}
  /** What the program calls its window. It outlives the program that set it; empty where it is not known. */
  title: string
  /** The name of the process in the foreground; empty where it is not known. */
  command: string
  /** True on the alternate screen, which full-screen programs use. */
  alternateScreen: boolean
  /** True while a person scrolls back or selects: what is typed would go to that. */
  inMode: boolean
}

/** A key that gt may press. Escape and Ctrl-C are none: they interrupt, in each agent in another way. */
export type Key = 'Enter' | 'Up' | 'Down'

export interface TypeOptions {
  /**
   * What the caller's decision to type rests on. Rejects with `SCREEN_CHANGED`, and types nothing, when in the same
   * step the cursor is found elsewhere or hidden, the screen to be the other one, or a person to scroll back.
   */
  seen?: TerminalView
}
