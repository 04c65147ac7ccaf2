import type {AgentState} from '@gtown/sdk'

/** The layout of the input box. The lowest such box counts, and little may be below it. */
export interface PromptLayout {
  /** The row that closes the box above. Without it, the prompt begins at the lowest row that `first` matches. */
  top?: RegExp
  /** Start of the first row of text. The matched part is not typed text. */
  first: RegExp
  /** The row that closes the box below. Without it, the box reaches to the last row that is not blank. */
  bottom?: RegExp
  /** Number of rows at the lower end of the box that hold no typed text. */
  inset?: number
  /** The left margin of every further row, such as a bar. */
  margin?: RegExp
  /** The row right below must have text, since only that row shows whether the agent works. */
  footed?: true
  /** Maximum number of rows with text below the box. */
  below: number
  /** Start of the leftover of an older box that may be below. */
  leftover?: RegExp
  /** Position of the cursor while the prompt accepts keys. The row of a hidden cursor counts, too. */
  cursor: 'inside' | 'below'
  /** Whether the cursor is visible while the prompt accepts keys; undefined if it may be either. */
  cursorShown?: boolean
  /** Maximum number of rows between `top` and `first`. */
  gap?: number
}

/** A state that a line near the prompt shows. The first matching rule wins. */
export interface LineRule {
  state: AgentState
  /**
   * `above`: the rows above the prompt; `inside`: the rows of the box; `below`: the rows below it; `end`: the last rows of
   * the screen; `cursor`: the rows up to the cursor's. The last two also apply without a prompt.
   */
  where: 'above' | 'inside' | 'below' | 'end' | 'cursor'
  /** Maximum number of rows with text to check, counted from the prompt, the cursor or the end. */
  rows: number
  pattern: RegExp
  /** Minimum number of styles in the line: an agent's status line has several, a model's text has one. */
  styles?: number
  /** Style of the line's beginning: faint, or without a colour. */
  begins?: 'faint' | 'plain'
}

/** A state that a text shows. The first matching rule wins. */
export interface TextRule {
  state: AgentState
  pattern: RegExp
}

/** A range of versions: from this one, below that one. */
export interface Covers {
  from: string
  below: string
}

/** The screen rules for a range of an agent's versions. */
export interface VersionRules {
  covers: Covers
  prompt: PromptLayout
  lines: readonly LineRule[]
  /** For an agent that prints line by line: it asks only with letters, and is busy without a prompt or question. */
  lineByLine?: true
  /** The state of a dialog, matched against its head, question, choices and legend. */
  asks: readonly TextRule[]
  titles?: readonly TextRule[]
  /**
   * For an agent whose screen looks the same when busy and when idle: true when the title shows that it is idle. An empty
   * prompt proves nothing otherwise.
   */
  restingTitle?: (title: string, footer: string) => boolean
}
