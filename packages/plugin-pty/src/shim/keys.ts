import {type Key, type TerminalView, typedText} from '@gtown/sdk'
import type {PrivateModes} from './private-modes.js'

type Modes = Pick<PrivateModes, 'applicationCursorKeys' | 'bracketedPaste'>

/**
 * The bytes that a terminal sends for a paste. In bracketed paste mode several lines stay one input; otherwise each line
 * end acts as Enter.
 */
export function pasted(text: string, {bracketedPaste}: Modes): string {
  const typed = typedText(text).replaceAll('\n', '\r')
  return typed !== '' && bracketedPaste ? `\x1b[200~${typed}\x1b[201~` : typed
}

/** The bytes that a terminal sends for a key. */
export function pressed(key: Key, {applicationCursorKeys}: Modes): string {
  if (key === 'Enter') return '\r'
  return `\x1b${applicationCursorKeys ? 'O' : '['}${key === 'Up' ? 'A' : 'B'}`
}

/** True when the screen is still the one on which a decision to type was based. */
export function isSameScreen(now: TerminalView, then: TerminalView): boolean {
  return (
    now.cursor.column === then.cursor.column &&
    now.cursor.row === then.cursor.row &&
    now.cursor.visible === then.cursor.visible &&
    now.title === then.title &&
    now.alternateScreen === then.alternateScreen
  )
}
