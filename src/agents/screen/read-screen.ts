import type {AgentState, TerminalView} from '@gtown/sdk'
import {type Ask, findAsk, findLetters, isLegend} from './asks.js'
import {isMarked} from './choices.js'
import {findPrompt, type Prompt, textEnd} from './prompt.js'
import type {LineRule, VersionRules} from './rules.js'
import {cellsOf, isFaint, styleCount} from './styled-row.js'

/** The state according to the screen alone. */
export interface ScreenReading {
  state: AgentState
  /** The line that shows the state, or why the state is unknown. */
  line: string
  ask?: Ask
  /** For a usage limit above the prompt: the message, and the state of the prompt. */
  text?: string
  prompt?: 'idle' | 'draft'
}

/** Reads the prompt and the rows near it. It ignores the conversation, in which the model can write anything. */
export function readScreen(view: TerminalView, rules: VersionRules): ScreenReading {
  const prompt = findPrompt(view, rules.prompt)
  const line = findLine(view, prompt, rules.lines)
  const open = prompt && openAt(view, prompt)
  if (line?.state === 'limit') return readLimit(view, line, open === undefined ? prompt : undefined, rules)
  if (line) return line
  if (prompt && open === undefined) return readPrompt(view, prompt, rules)
  const ask = rules.lineByLine ? findLetters(view, rules.asks) : findAsk(view, rules.asks)
  if (ask) return {state: ask.state, line: ask.line, ask}
  return open === undefined ? readRest(view, rules) : {state: 'unknown', line: `open at the prompt: ${open}`}
}

function findLine(view: TerminalView, prompt: Prompt | undefined, rules: readonly LineRule[]) {
  for (const rule of rules) {
    const row = rowsOf(view, prompt, rule).find((index) => matches(view, index, rule))
    if (row !== undefined) return {state: rule.state, line: (view.rows[row] ?? '').trim(), row}
  }
  return undefined
}

/** A limit's message is in the conversation, in one or more rows. The prompt below it may still accept text. */
function readLimit(
  view: TerminalView,
  {state, line, row}: ScreenReading & {row: number},
  prompt: Prompt | undefined,
  rules: VersionRules,
): ScreenReading {
  const rest = view.rows.slice(row + 1, prompt?.top)
  const blank = rest.findIndex((other) => other.trim() === '')
  const text = [line, ...rest.slice(0, blank === -1 ? undefined : blank).map((other) => other.trim())].join(
    '\n',
  )
  const behind = prompt && readPrompt(view, prompt, rules).state
  return {state, line, text, ...((behind === 'idle' || behind === 'draft') && {prompt: behind})}
}

function matches(view: TerminalView, row: number, {pattern, styles, begins}: LineRule): boolean {
  if (!pattern.test(view.rows[row] ?? '')) return false
  if (styles === undefined && begins === undefined) return true
  const cells = cellsOf(view.styledRows, row)
  const beginning = cells.find(({character}) => character.trim() !== '')
  if (begins === 'faint' && !(beginning && isFaint(beginning))) return false
  if (begins === 'plain' && beginning?.colour !== '') return false
  return styleCount(cells) >= (styles ?? 0)
}

/** Indexes of the rows with text to which a rule applies, the nearest first. */
function rowsOf(
  {rows, cursor}: TerminalView,
  prompt: Prompt | undefined,
  {where, rows: most}: LineRule,
): number[] {
  if (where === 'end') return upwards(rows, textEnd(rows)).slice(0, most)
  if (where === 'cursor') return upwards(rows, cursor.row + 1).slice(0, most)
  if (!prompt) return []
  if (where === 'above') return upwards(rows, prompt.top).slice(0, most)
  if (where === 'inside') return downwards(rows, prompt.first, prompt.bottom).slice(0, most)
  return downwards(rows, prompt.bottom + 1, rows.length).slice(0, most)
}

function upwards(rows: readonly string[], before: number): number[] {
  return downwards(rows, 0, before).reverse()
}

function downwards(rows: readonly string[], from: number, to: number): number[] {
  const numbers: number[] = []
  for (let row = from; row < to; row++) if ((rows[row] ?? '').trim() !== '') numbers.push(row)
  return numbers
}

/** Vim modes in which letters are commands, so that no text can be typed. */
const commandMode = /\[NORMAL\]|-- (?:NORMAL|VISUAL)/

/** A line of a list or dialog that is open inside or below the prompt. */
function openAt({rows}: TerminalView, {first, bottom, mark, margin}: Prompt): string | undefined {
  const [begin, ...further] = rows.slice(first, bottom).map((row) => row.trim())
  // A draft begins in the first row; a dialog in the same box leaves it blank.
  const open = further.find((row) => isMarked(row) || (!margin && begin === mark && row !== ''))
  if (open !== undefined) return open
  return rows
    .slice(first + 1)
    .find((row) => isLegend(row) || commandMode.test(row))
    ?.trim()
}

function readPrompt(view: TerminalView, prompt: Prompt, rules: VersionRules): ScreenReading {
  const {rows, styledRows} = view
  const {top, first, bottom, mark, text} = prompt
  if (needsStyles(rules) && !styledRows.some((row) => row.includes('\u001b'))) {
    return {state: 'unknown', line: 'the screen has no colours, which show whether the agent works'}
  }
  const line = (rows[first] ?? '').trim()
  if (text === '') return {state: mark === '!' ? 'shell' : 'idle', line}
  return {state: text.startsWith('/') && isListNear(rows, top, bottom) ? 'menu' : 'draft', line}
}

function needsStyles({lines}: VersionRules): boolean {
  return lines.some(
    ({state, styles, begins}) => state === 'busy' && (styles !== undefined || begins !== undefined),
  )
}

/** A command in a list next to the prompt: its name, then its description in a column. */
const listed = /^[\s┃│]*(?:[❯›>●▸→] ?)?[/@]?[\w:.-]+ {2,}\S/

/** A continuation row of such a description. */
const wrapped = /^[\s┃│]{12,}\S/

function isListNear(rows: readonly string[], top: number, bottom: number): boolean {
  const above = upwards(rows, top).find((row) => !wrapped.test(rows[row] ?? '')) ?? -1
  const [below = -1] = downwards(rows, bottom + 1, rows.length)
  return listed.test(rows[above] ?? '') || listed.test(rows[below] ?? '')
}

const fewRows = 2

/** The state without prompt or question: starting while little is drawn, busy for a line-by-line agent, else unknown. */
function readRest({rows, cursor}: TerminalView, {lineByLine}: VersionRules): ScreenReading {
  const [last] = upwards(rows, rows.length)
  const line = (rows[last ?? 0] ?? '').trim()
  if (downwards(rows, 0, rows.length).length <= fewRows) {
    return {state: 'starting', line: line === '' ? 'the screen is blank' : line}
  }
  if (lineByLine && (!cursor.visible || cursor.column === 0)) return {state: 'busy', line}
  return {state: 'unknown', line: 'no prompt and no question at the end of the screen'}
}
