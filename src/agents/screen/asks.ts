import type {AgentState, TerminalView} from '@gtown/sdk'
import {type Choice, type ChoiceList, findChoices} from './choices.js'
import {textEnd} from './prompt.js'
import type {TextRule} from './rules.js'

/** A dialog or question at the end of the screen that waits for an answer. */
export interface Ask {
  state: AgentState
  /** The line that it was recognised by. */
  line: string
  /** The question with its subject. */
  text: string
  choices: readonly Choice[]
}

/** Names of keys and their actions: the legend at the end of a dialog. */
const actions =
  'confirm|select|cancel|continue|submit|exit|choose|navigate|browse|go back|back|resume|close|toggle|amend|allow|approve|deny|reject|dismiss|skip|quit|move|accept'
const namesAction = new RegExp(` (?:${actions})\\b`, 'i')
const keys =
  /(?:^|[\s(│┃·,])(?:press |use |hit )?(?:enter|return|esc(?:ape)?|tab|space|y\/n|[↑↓⇆←→]+(?:\/[↑↓→])?)(?:\/[\w+]+)? (?:again )?(?:to )?(?:\w+ ){0,2}?/
const legend = new RegExp(`${keys.source}(?:${actions})\\b`, 'i')

/** A question with letters instead of a list, possibly with the start of an answer. */
const letters =
  /(?:\(y(?:es)?\/n(?:o)?\)|\[y(?:es)?\/n(?:o)?\]|\(Y\)es\/\(N\)o[^[]*)\s*(?:\[\w+\])?\s*[:?]?.{0,40}$/i

/** Phrases that dialogs of any agent contain. */
const families: readonly TextRule[] = [
  {
    state: 'permission',
    pattern:
      /do you want to (?:proceed|create|make|allow|run|edit|write|fetch|use|overwrite|delete|execute|apply|search)|allow (?:execution|once|always|this|command|tool|access)|permission required|would you like to (?:run|make|apply|grant|allow|proceed)|don.t ask again|run shell command/i,
  },
  {
    state: 'limit',
    pattern: /(?:usage|rate|request|spending|session|weekly) limit|limit (?:reached|resets?)|\bquota\b/i,
  },
  {
    state: 'menu',
    pattern:
      /(?:select|choose|switch|change) (?:a |an |the |your )?(?:model|agent|mode|session|effort)|^commands\b/im,
  },
  {
    state: 'dialog',
    pattern:
      /trust|(?:device|verification|one-time) code|paste (?:the |your )?code|sign(?:ing)? in|log(?:ging)? ?in|authenticat|api key|\bterms\b|\bprivacy\b|theme|\bupdate\b|upgrade|security notes?|bypass permissions|press enter to continue|terminal setup|get started|resume/i,
  },
]

const lookedAt = 30
const markRows = 20
const legendRows = 4

/** A step that the user must do elsewhere first. Searched only when there is no prompt. */
const sendsElsewhere =
  /paste (?:the |your )?code|(?:device|one-time|verification) code|open (?:this|the following) (?:url|link|page)|waiting for (?:auth|log ?in|sign)|(?:enter|paste) (?:your )?(?:\w+ )?(?:api key|token|password)/i
const elsewhereRows = 12

/** The question at the end of the screen; undefined without a list with a mark, a legend, or letters. */
export function findAsk(view: TerminalView, asks: readonly TextRule[]): Ask | undefined {
  const {rows, styledRows} = view
  const end = textEnd(rows)
  const spelled = findLetters(view, asks)
  if (spelled) return spelled
  const start = Math.max(0, end - lookedAt)
  // Compiling the legend's pattern takes milliseconds, and mostly there is no legend.
  const mayHaveLegend = rows.slice(Math.max(0, end - legendRows), end).some((row) => namesAction.test(row))
  const legendRow = mayHaveLegend ? findRow(rows, end, legendRows, legend) : undefined
  const found = findChoices(rows, styledRows, Math.max(0, end - markRows), end)
  const list = found && (legendRow !== undefined || isOpen(view, found)) ? found : undefined
  const row = list?.markedRow ?? legendRow ?? findRow(rows, end, elsewhereRows, sendsElsewhere)
  if (row === undefined) return
  const firstChoice = list?.firstRow ?? row
  const from = upperEdge(rows, start, firstChoice)
  return {
    state: stateOf(tellingLines(rows, from, firstChoice, end), asks),
    line: (rows[row] ?? '').trim(),
    text: readable(rows.slice(from ?? start, firstChoice)) || bare(rows[row] ?? ''),
    choices: list?.choices ?? [],
  }
}

const nearRows = 8

/** Without a legend, a list without numbers counts only with the cursor on it, in a box, or right below a rule. */
function isOpen({rows, cursor}: TerminalView, {isPlain, firstRow, markedRow}: ChoiceList): boolean {
  if (!isPlain || cursor.row === markedRow || /^\s*[│┃]/.test(rows[markedRow] ?? '')) return true
  return upperEdge(rows, Math.max(0, firstRow - nearRows), firstRow) !== undefined
}

/** True for a line that names keys and their actions. */
export function isLegend(row: string): boolean {
  return legend.test(row)
}

/** A question with letters in the cursor's line. Its text includes the lines above, up to a blank one. */
export function findLetters({rows, cursor}: TerminalView, asks: readonly TextRule[]): Ask | undefined {
  const row = textEnd(rows) - 1
  const line = bare(rows[row] ?? '')
  if (cursor.row !== row || !cursor.visible || !letters.test(line)) return
  const above = rows.slice(0, row)
  const text = readable(rows.slice(above.findLastIndex((other) => other.trim() === '') + 1, row + 1))
  const near = [bare(above.at(-1) ?? ''), line].join('\n')
  return {state: stateOf(near, asks), line, text, choices: letterChoices(line)}
}

const headLines = 2
const questionLines = 5

/**
 * The lines that identify a dialog: its head, its question, the choices and the legend. The rest is its subject, such as
 * a command or a file, which can contain any words.
 */
function tellingLines(
  rows: readonly string[],
  from: number | undefined,
  firstChoice: number,
  end: number,
): string {
  const before = linesOf(rows.slice(from ?? 0, firstChoice))
  const head = from === undefined ? [] : before.slice(0, headLines)
  const question = before.slice(head.length).slice(-questionLines)
  return [...head, ...question, ...linesOf(rows.slice(firstChoice, end))].join('\n')
}

function stateOf(text: string, asks: readonly TextRule[]): AgentState {
  return [...asks, ...families].find(({pattern}) => pattern.test(text))?.state ?? 'question'
}

function findRow(rows: readonly string[], end: number, most: number, pattern: RegExp): number | undefined {
  const found = rows.slice(0, end).findLastIndex((row, index) => index >= end - most && pattern.test(row))
  return found === -1 ? undefined : found
}

/** First row of the dialog: below a rule or the upper edge of a box, or where its bar begins; undefined without these. */
function upperEdge(rows: readonly string[], start: number, before: number): number | undefined {
  const above = rows.slice(start, before)
  if (/^\s*┃/.test(above.at(-1) ?? '')) return start + above.findLastIndex((row) => !/^\s*┃/.test(row)) + 1
  const edge = above.findLastIndex((row) => /^\s*[╭┌]?[─━▔▁]{20,}/.test(row))
  return edge === -1 ? undefined : start + edge + 1
}

function linesOf(rows: readonly string[]): string[] {
  return rows.map(bare).filter((line) => /[\p{L}\p{N}]/u.test(line))
}

function bare(row: string): string {
  return row.replace(/^[\s│┃|]+|[\s│┃|]+$/g, '')
}

const longestText = 12

function readable(rows: readonly string[]): string {
  return linesOf(rows).slice(-longestText).join('\n')
}

function letterChoices(line: string) {
  const preselected = /\[(\w)\w*\]/.exec(line)?.[1]?.toLowerCase()
  return [...line.matchAll(/\((\w)\)([\w' ]*)/g)].map(([, letter = '', rest = '']) => ({
    label: `${letter}${rest}`.trim(),
    marked: letter.toLowerCase() === preselected,
  }))
}
