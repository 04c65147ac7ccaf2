import {stripVTControlCharacters} from 'node:util'
import type {SessionHandle, TerminalView} from '@gtown/sdk'
import {command} from './commands.js'
import {isAbsent, lost, unexpected} from './errors.js'
import {findAgentPane, findLife} from './life.js'
import {agentPane} from './panes.js'
import type {Tmux} from './tmux.js'

/** The title comes last: it is text of the program's own, and may contain the separator. */
const formats = {
  pane: '#{pane_id}',
  columns: '#{pane_width}',
  rows: '#{pane_height}',
  column: '#{cursor_x}',
  row: '#{cursor_y}',
  visible: '#{cursor_flag}',
  alternate: '#{alternate_on}',
  inMode: '#{pane_in_mode}',
  command: '#{pane_current_command}',
  title: '#{pane_title}',
} as const

const TAG = 'view|'
const FORMAT = Object.values(formats).join('|')
const fields = Object.keys(formats) as (keyof typeof formats)[]

/**
 * The screen of the session's first process. Costs one tmux process, or three when another pane of the session is
 * active. Rejects with `SESSION_LOST` when that life, or that pane, is over.
 */
export async function view(tmux: Tmux, handle: SessionHandle): Promise<TerminalView> {
  const inFront = `${handle.id}:`
  const life = await findLife(tmux, handle, ...viewCommands(inFront))
  if (!life) throw lost(handle.name)
  const shown = parseView(life.result.stdout)
  const agent = agentPane(life.panes)
  if (agent && shown?.pane === agent.pane) return shown.view
  const {pane} = await findAgentPane(tmux, handle)
  const again = await findLife(tmux, handle, ...viewCommands(pane))
  const found = again && parseView(again.result.stdout)
  if (found) return found.view
  if (!again || isAbsent(again.result)) throw lost(handle.name)
  throw unexpected(again.result)
}

/**
 * The commands whose output `parseView` reads.
 *
 * @param tag prefix of the first line
 */
export function viewCommands(target: string, tag = TAG): string[][] {
  return [
    [command.displayMessage, '-p', '-t', target, tag + FORMAT],
    [command.capturePane, '-p', '-e', '-t', target],
  ]
}

/** Finds the view in tmux's output: its tagged line, then as many rows as the pane has, then the rest. */
export function parseView(stdout: string): {pane: string; view: TerminalView; rest: string} | undefined {
  const start = `\n${stdout}`.indexOf(`\n${TAG}`)
  if (start === -1) return undefined
  const [head = '', ...rest] = stdout.slice(start + TAG.length).split('\n')
  const found = viewOf(head, rest)
  return {...found, rest: rest.slice(found.view.rows.length).join('\n')}
}

/** The view from a line without its tag and the rows after it. */
export function viewOf(head: string, rest: readonly string[]): {pane: string; view: TerminalView} {
  const values = head.split('|')
  const title = values.splice(fields.length - 1).join('|')
  const of = Object.fromEntries(fields.map((field, index) => [field, values[index] ?? title])) as Record<
    keyof typeof formats,
    string
  >
  const styledRows = Array.from({length: Number(of.rows)}, (_, row) => styled(rest[row] ?? ''))
  return {
    pane: of.pane,
    view: {
      at: Date.now(),
      columns: Number(of.columns),
      // Blanks only: a no-break space after the prompt helps to recognise some agents.
      rows: styledRows.map((row) => stripVTControlCharacters(row).replace(/ +$/, '')),
      styledRows,
      cursor: {column: Number(of.column), row: Number(of.row), visible: of.visible === '1'},
      title,
      command: of.command,
      alternateScreen: of.alternate === '1',
      inMode: of.inMode === '1',
    },
  }
}

/** The row without hyperlinks and character set switches: only colours and attributes are kept. */
function styled(row: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it removes control characters
  return row.replace(/\x1b\]8;[^\x1b\x07]*(\x1b\\|\x07)|[\x0e\x0f]/g, '')
}
