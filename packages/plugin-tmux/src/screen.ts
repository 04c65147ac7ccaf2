import type {SessionHandle} from '@gtown/sdk'
import {command} from './commands.js'
import {checkSuccess} from './errors.js'
import {findAgentPane} from './life.js'
import {hasEnded} from './panes.js'
import type {Tmux} from './tmux.js'

/**
 * The last lines of the screen of the session's first process, without blank lines at the end. Also works after the
 * process has ended.
 */
export async function capture(tmux: Tmux, handle: SessionHandle, lines: number): Promise<string[]> {
  const pane = await findAgentPane(tmux, handle)
  // tmux 3.2 prints a notice below the screen of an ended process, which scrolls the screen by one line.
  const start = hasEnded(pane) ? ['-S', '-1'] : []
  const result = await tmux.run([command.capturePane, '-p', '-J', ...start, '-t', pane.pane])
  checkSuccess(result)
  const screen = withoutBlankEnd(result.stdout.split('\n').map((line) => line.trimEnd()))
  if (hasEnded(pane) && screen.at(-1)?.startsWith('Pane is dead')) screen.pop()
  return lines > 0 ? withoutBlankEnd(screen).slice(-lines) : []
}

function withoutBlankEnd(lines: string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)
}
