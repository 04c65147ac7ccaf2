import type {AgentObservation, StateEvidence, TerminalView} from '@gtown/sdk'
import {textEnd} from './prompt.js'

const SHELLS: ReadonlySet<string> = new Set(['bash', 'dash', 'fish', 'ksh', 'nu', 'sh', 'tcsh', 'zsh'])

/** Whether a program is a shell, by its name. A login shell has a hyphen before it. */
export function isShell(program: string): boolean {
  return SHELLS.has(program.replace(/^-/, ''))
}

/** Evidence that the agent has ended. Title, screen and command may remain after it, and prove nothing. */
export function deathOf({alive, terminal}: AgentObservation): StateEvidence | undefined {
  return alive
    ? undefined
    : {source: 'process', state: 'dead', value: 'its process has ended', at: terminal.at}
}

/** Evidence of a shell that waits for input: it is in the foreground, and the cursor is in the last row with text. */
export function shellOf(view: TerminalView): StateEvidence | undefined {
  const {at, command, cursor, rows, alternateScreen} = view
  if (!isShell(command) || alternateScreen || !cursor.visible) return
  if (cursor.row !== Math.max(0, textEnd(rows) - 1)) return
  return {source: 'process', state: 'shell', value: `${command} is in the foreground`, at}
}
