import {INFRA_MARKER, type SessionSpec} from '@gtown/sdk'
import type {SessionRecord} from './record.js'
import {SOCKET_VARIABLE} from './run-outside.js'

/** One JSON line on the shim's standard input. Not passed as arguments or variables, where others could read it. */
export interface Birth {
  /** The folder of records and sockets. `socket` is the shim's own socket in it. */
  directory: string
  socket: string
  record: SessionRecord
  command: readonly [string, ...string[]]
  cwd: string
  env: Record<string, string>
}

/** One JSON line on the shim's standard output. */
export type BirthReply = {owner: string; agent: string; pid: number} | {failure: string}

/** Variables that describe the terminal in which gt itself runs. */
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

/** The environment of a session's first process: the backend's own, then the terminal's variables, then the spec's. */
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
