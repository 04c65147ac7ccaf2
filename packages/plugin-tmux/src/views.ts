import {randomBytes} from 'node:crypto'
import type {SessionHandle, TerminalView} from '@gtown/sdk'
import {command} from './commands.js'
import {isAbsent, unexpected} from './errors.js'
import {ifAlive} from './life.js'
import {quote} from './quote.js'
import type {Tmux} from './tmux.js'
import {viewCommands, viewOf} from './view.js'

/**
 * The screens of many sessions by name, from one tmux process. A session whose life is over is left out, and so is one
 * whose active pane is not its first process's.
 */
export async function views(
  tmux: Tmux,
  handles: readonly SessionHandle[],
): Promise<ReadonlyMap<string, TerminalView>> {
  if (handles.length === 0) return new Map()
  // Random and new, so no screen contains it.
  const tag = `view-${randomBytes(16).toString('hex')}|`
  const input = handles.map((handle) => `${commandText(viewIfAlive(handle, tag))}\n`).join('')
  // From standard input: an argument list would exceed tmux's message size.
  const result = await tmux.run([command.sourceFile, '-'], {input})
  const found = parseViews(result.stdout, tag)
  if (result.code !== 0 && found.size === 0 && !isAbsent(result)) throw unexpected(result)
  return new Map(
    handles.flatMap(({name, id}) => {
      const view = found.get(id)
      return view ? [[name, view]] : []
    }),
  )
}

/** The line before each screen names the session's id and its first process's pane. */
function viewIfAlive(handle: SessionHandle, tag: string): string[] {
  const commands = viewCommands(`${handle.id}:`, `${tag}${handle.id}|#{@gt_pane}|`)
  return ifAlive(handle, commands.map(commandText).join(' ; '))
}

const commandText = (words: readonly string[]) => words.map(quote).join(' ')

/** Views by session id. Left out is any part that is not exactly one line and its rows, such as with hook output. */
function parseViews(stdout: string, tag: string): Map<string, TerminalView> {
  const found = new Map<string, TerminalView>()
  for (const part of `\n${stdout.replace(/\n$/, '')}`.split(`\n${tag}`).slice(1)) {
    const [head = '', ...rows] = part.split('\n')
    const [id = '', agentPane, ...fields] = head.split('|')
    const {pane, view} = viewOf(fields.join('|'), rows)
    const isAgent = agentPane === '' || agentPane === pane
    if (isAgent && view.rows.length === rows.length) found.set(id, view)
  }
  return found
}
