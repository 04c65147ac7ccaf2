import type {AgentState} from '@gtown/sdk'

/** How the box that a person types into is drawn. It is the lowest such box, and little stands below it. */
export interface PromptLayout {
  /** The row that closes it above; where there is none, the prompt begins at the lowest row that `first` matches. */
  top?: RegExp
  /** Its first row of text; what this matches is not the person's. */
  first: RegExp
  /** The row that closes it below; where there is none, it reaches to the last row that is not blank. */
  bottom?: RegExp
  /** Rows at the lower end of the box that are not the person's. */
  inset?: number
  /** What stands at the left of every further row, such as a bar. */
  margin?: RegExp
  /** The row right under it has text, since only there the agent shows whether it works. */
  footed?: true
  /** The most rows with text that may stand below it. */
  below: number
  /** How the part of an older drawing begins that may be left under it. */
  leftover?: RegExp
  /** Where the cursor is while the prompt takes keys: the row of a hidden cursor counts too. */
  cursor: 'inside' | 'below'
  /** Whether the cursor is shown while the prompt takes keys; undefined where it may be either. */
  cursorShown?: boolean
  /** The most rows that may lie between `top` and `first`. */
  gap?: number
}

/** What a line near the prompt says. The first rule that matches wins. */
export interface LineRule {
  state: AgentState
  /**
   * `above`: the rows over the prompt; `inside`: the rows of the box; `below`: the rows under it;
   * `end`: the last rows of the screen, `cursor`: the rows up to the cursor's, both whether or not there is a prompt.
   */
  where: 'above' | 'inside' | 'below' | 'end' | 'cursor'
  /** The most rows with text that are looked at, counted from the prompt, the cursor or the end. */
  rows: number
  pattern: RegExp
  /** The line has at least this many styles: an agent's status line has several, a model's text one. */
  styles?: number
  /** How the line begins: in faint letters, or without a colour. */
  begins?: 'faint' | 'plain'
}

/** What a text says. The first rule that matches wins. */
export interface TextRule {
  state: AgentState
  pattern: RegExp
}

/** From this version on, and below that one. */
export interface Covers {
  from: string
  below: string
}

/** How one agent looks in a range of its versions. */
export interface VersionRules {
  covers: Covers
  prompt: PromptLayout
  lines: readonly LineRule[]
  /** For an agent that prints line by line: it asks with letters only, and without a prompt and a question it works. */
  lineByLine?: true
  /** Of which kind a dialog is, by the lines that say what it is: its head, its question, its choices, its legend. */
  asks: readonly TextRule[]
  titles?: readonly TextRule[]
  /**
   * For an agent whose screen looks the same at work and at rest: whether the title says that it rests.
   * Without it, an empty prompt proves nothing.
   */
  restingTitle?: (title: string, footer: string) => boolean
}
