import {randomUUID} from 'node:crypto'
import {setTimeout as sleep} from 'node:timers/promises'
import type {SessionHandle} from '@gtown/sdk'
import {command} from './commands.js'
import {checkSuccess, lost} from './errors.js'
import {findAgentPane, findRunningAgent} from './life.js'
import {hasEnded} from './panes.js'
import type {Tmux} from './tmux.js'

/**
 * The last lines of the screen of the session's first process, without blank lines at the end. It can be read
 * when the process has ended, too.
 */
export async function capture(tmux: Tmux, handle: SessionHandle, lines: number): Promise<string[]> {
  const pane = await findAgentPane(tmux, handle)
  // tmux 3.2 writes a notice below the screen of a process that has ended, which scrolls it by a line.
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

/** Agents take an Enter that follows at once for a part of the pasted text. */
const ENTER_DELAY_MS = 150

/**
 * Types a text at the session's first process and submits it, whole and once, however long. Control
 * characters other than newline and tab are left out: a program would take them for keys.
 *
 * @throws `SESSION_LOST` when the process has ended, or its pane takes no input; it was given nothing then, or
 *   the text but no Enter
 */
export async function send(tmux: Tmux, handle: SessionHandle, text: string): Promise<void> {
  const {pane} = await findRunningAgent(tmux, handle)
  const typed = withoutControls(text)
  if (typed !== '') {
    await paste(tmux, handle, pane, typed)
    await sleep(ENTER_DELAY_MS)
  }
  await type(tmux, handle, pane, `${command.sendKeys} -t ${pane} Enter`)
}

function withoutControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (char) => (char === '\n' || char === '\t' ? char : ''))
}

async function paste(tmux: Tmux, handle: SessionHandle, pane: string, text: string): Promise<void> {
  const buffer = `gt-${randomUUID()}`
  try {
    // In a tmux process of its own: were we killed half-way, no half text would be pasted.
    checkSuccess(await tmux.run([command.loadBuffer, '-b', buffer, '-'], {input: text}))
    await type(tmux, handle, pane, `${command.pasteBuffer} -d -p -b ${buffer} -t ${pane}`)
  } catch (error) {
    await tmux.run([command.deleteBuffer, '-b', buffer])
    throw error
  }
}

/**
 * Runs one typing command for the pane. A mode, such as a person's scrolling back, would swallow keys, so it is
 * left first. In the same step the pane has to be found alive: tmux up to 3.3 crashes when it pastes to one
 * whose process has ended.
 */
async function type(tmux: Tmux, handle: SessionHandle, pane: string, keys: string): Promise<void> {
  const takesInput = '#{&&:#{==:#{pane_dead},0},#{==:#{pane_input_off},0}}'
  const typing = `${command.copyMode} -q -t ${pane} ; ${keys}`
  const refusal = `${command.displayMessage} -p refused`
  const result = await tmux.run([command.ifShell, '-F', '-t', pane, takesInput, typing, refusal])
  checkSuccess(result)
  if (!result.stdout.includes('refused')) return
  throw lost(handle.name, 'its agent has ended, or its pane takes no input')
}
