import {type Key, type TerminalView, typedText} from '@gtown/sdk'
import type {PrivateModes} from './private-modes.js'

type Modes = Pick<PrivateModes, 'applicationCursorKeys' | 'bracketedPaste'>

/**
 * What a terminal sends when a text is pasted. Several lines stay one input where the program asked to be told pasted
 * text from typed; elsewhere each line end is an Enter.
 */
export function pasted(text: string, {bracketedPaste}: Modes): string {
  const typed = typedText(text).replaceAll('\n', '\r')
  return typed !== '' && bracketedPaste ? `\x1b[200~${typed}\x1b[201~` : typed
}

/** What a terminal sends for a key. */
export function pressed(key: Key, {applicationCursorKeys}: Modes): string {
  if (key === 'Enter') return '\r'
  return `\x1b${applicationCursorKeys ? 'O' : '['}${key === 'Up' ? 'A' : 'B'}`
}

/** Whether a terminal shows what a decision to type rested on. */
export function looksAs(now: TerminalView, then: TerminalView): boolean {
  return (
    now.cursor.column === then.cursor.column &&
    now.cursor.row === then.cursor.row &&
    now.cursor.visible === then.cursor.visible &&
    now.title === then.title &&
    now.alternateScreen === then.alternateScreen
  )
}
