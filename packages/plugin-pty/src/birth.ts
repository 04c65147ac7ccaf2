import type {SessionSpec} from '@gtown/sdk'
import type {SessionRecord} from './record.js'
import {INFRA_MARKER, SOCKET_VARIABLE} from './run-outside.js'

/** What a shim is told on its standard input, in one line: nothing of it stands in an argument or a variable. */
export interface Birth {
  /** The folder of records and sockets, and the shim's own socket in it. */
  directory: string
  socket: string
  record: SessionRecord
  command: readonly [string, ...string[]]
  cwd: string
  env: Record<string, string>
}

/** What the shim answers on its standard output, in one line. */
export type BirthReply = {owner: string; agent: string; pid: number} | {failure: string}

/** Of the terminal that gt itself runs in; the session has another. */
const OTHER_TERMINAL = [
  'COLUMNS',
  'LINES',
  'STY',
  'TERMCAP',
  'TERM_PROGRAM',
  'TERM_PROGRAM_VERSION',
  'TMUX',
  'TMUX_PANE',
  'WINDOW',
  'WINDOWID',
]

/** The environment of a session's first process: the backend's own, what the terminal sets, what the spec says. */
export function environmentOf(
  {cwd, env, unsetEnv}: SessionSpec,
  base: NodeJS.ProcessEnv,
  socket: string,
): Record<string, string> {
  const variables = {
    ...without(base, OTHER_TERMINAL),
    GT_SESSION_ID: INFRA_MARKER,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    PWD: cwd,
    ...env,
    [SOCKET_VARIABLE]: socket,
  }
  return without(variables, unsetEnv)
}

function without(env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !names.includes(name))
  return Object.fromEntries(kept) as Record<string, string>
}
