import {randomBytes} from 'node:crypto'
import type {SessionHandle, TerminalView} from '@gtown/sdk'
import {command} from './commands.js'
import {isAbsent, unexpected} from './errors.js'
import {ifAlive} from './life.js'
import {quote} from './quote.js'
import type {Tmux} from './tmux.js'
import {look, viewOf} from './view.js'

/**
 * What the terminals of many sessions show, by name, in one tmux process. A session whose life is over is left out, and
 * so is one in which another pane than its first process's is in front.
 */
export async function views(
  tmux: Tmux,
  handles: readonly SessionHandle[],
): Promise<ReadonlyMap<string, TerminalView>> {
  if (handles.length === 0) return new Map()
  // No screen can contain it: what a program printed was there before.
  const tag = `view-${randomBytes(16).toString('hex')}|`
  const input = handles.map((handle) => `${inWords(lookIfAlive(handle, tag))}\n`).join('')
  // One argument list would be too long for tmux's own messages.
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

/** In the line before the screen: whose it is, and which pane its first process has. */
function lookIfAlive(handle: SessionHandle, tag: string): string[] {
  const commands = look(`${handle.id}:`, `${tag}${handle.id}|#{@gt_pane}|`)
  return ifAlive(handle, commands.map(inWords).join(' ; '))
}

const inWords = (words: readonly string[]) => words.map(quote).join(' ')

/** By id. What is not exactly a line and the rows of a screen, such as with a hook of the user's between, is left out. */
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
