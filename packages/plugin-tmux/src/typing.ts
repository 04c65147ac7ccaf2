import {randomUUID} from 'node:crypto'
import {
  type Key,
  type SessionHandle,
  screenChanged,
  type TerminalView,
  type TypeOptions,
  typedText,
} from '@gtown/sdk'
import {command} from './commands.js'
import {checkSuccess, lost} from './errors.js'
import {findRunningAgent} from './life.js'
import type {Tmux} from './tmux.js'

/** Types a text into the session's first process, without Enter. See `SessionBackend`. */
export async function type(
  tmux: Tmux,
  handle: SessionHandle,
  text: string,
  {seen}: TypeOptions = {},
): Promise<void> {
  const {pane} = await findRunningAgent(tmux, handle)
  const typed = typedText(text)
  if (typed === '') return
  const buffer = `gt-${randomUUID()}`
  try {
    // Loaded by a tmux process of its own: if gt is killed halfway, no partial text is pasted.
    checkSuccess(await tmux.run([command.loadBuffer, '-b', buffer, '-'], {input: typed}))
    await send(tmux, {handle, pane, seen}, `${command.pasteBuffer} -d -p -b ${buffer} -t ${pane}`)
  } catch (error) {
    await tmux.run([command.deleteBuffer, '-b', buffer])
    throw error
  }
}

/** Presses one key. See `SessionBackend`. */
export async function press(
  tmux: Tmux,
  handle: SessionHandle,
  key: Key,
  {seen}: TypeOptions = {},
): Promise<void> {
  const {pane} = await findRunningAgent(tmux, handle)
  await send(tmux, {handle, pane, seen}, `${command.sendKeys} -t ${pane} ${key}`)
}

interface Target {
  handle: SessionHandle
  pane: string
  seen: TerminalView | undefined
}

const TAKES_INPUT = '#{&&:#{==:#{pane_dead},0},#{==:#{pane_input_off},0}}'
const REFUSED = 'refused|'

/**
 * Runs one typing command for the pane. It first leaves a mode, such as scrolling back, that would swallow keys. The
 * same tmux step checks that the pane is alive and looks as it was seen. tmux up to 3.3 crashes when it pastes to a
 * pane whose process has ended.
 */
async function send(tmux: Tmux, {handle, pane, seen}: Target, keys: string): Promise<void> {
  const condition = seen ? `#{&&:${TAKES_INPUT},${screenUnchanged(seen)}}` : TAKES_INPUT
  const typing = `${command.copyMode} -q -t ${pane} ; ${keys}`
  const refusal = `${command.displayMessage} -p -t ${pane} '${REFUSED}${TAKES_INPUT}'`
  const result = await tmux.run([command.ifShell, '-F', '-t', pane, condition, typing, refusal])
  checkSuccess(result)
  if (result.stdout.includes(`${REFUSED}1`)) throw screenChanged(handle.name)
  if (result.stdout.includes(REFUSED)) {
    throw lost(handle.name, 'its agent has ended, or its pane takes no input')
  }
}

/** A format that is true while the screen is as seen. It compares numbers only: no screen text enters tmux's syntax. */
function screenUnchanged({cursor, alternateScreen, inMode}: TerminalView): string {
  const now = '#{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{pane_in_mode}'
  const then = [cursor.column, cursor.row, ...[cursor.visible, alternateScreen, inMode].map(Number)]
  return `#{==:${now},${then.map(Number).join(' ')}}`
}
