import {GtError, type SessionHandle, shorten} from '@gtown/sdk'
import {command, sequence} from './commands.js'
import {isAbsent, lost, unexpected} from './errors.js'
import {
  agentPane,
  hasEnded,
  INCARNATION,
  PANE_FORMAT,
  type Pane,
  parsePanes,
  type SessionPanes,
} from './panes.js'
import type {Tmux} from './tmux.js'
import type {TmuxResult} from './tmux-result.js'

/** One life of a session: its panes, and tmux's whole output. */
export interface Life {
  panes: SessionPanes
  result: TmuxResult
}

/**
 * Finds the life of a session that the handle stands for, and runs further commands in the same tmux process.
 * Undefined when that life is over, even if another session has its name by now. A further command runs whether or
 * not the life is found, so one that changes anything must be guarded by `ifAlive`.
 */
export async function findLife(
  tmux: Tmux,
  handle: SessionHandle,
  ...further: readonly (readonly string[])[]
): Promise<Life | undefined> {
  checkHandle(handle)
  const listing = [command.listPanes, '-s', '-t', `${handle.id}:`, '-F', PANE_FORMAT]
  const result = await tmux.run(sequence(listing, ...further))
  const [panes] = parsePanes(result.stdout)
  if (panes) return panes[0].incarnation === handle.incarnation ? {panes, result} : undefined
  if (isAbsent(result)) return undefined
  throw unexpected(result)
}

/** The action, guarded: it runs only while the session with the handle's id is still the same life. */
export function ifAlive(handle: SessionHandle, action: string): string[] {
  checkHandle(handle)
  return [command.ifShell, '-F', '-t', `${handle.id}:`, `#{==:${INCARNATION},${handle.incarnation}}`, action]
}

/** The pane of the session's first process. Rejects with `SESSION_LOST` when that life, or that pane, is over. */
export async function findAgentPane(tmux: Tmux, handle: SessionHandle): Promise<Pane> {
  const life = await findLife(tmux, handle)
  if (!life) throw lost(handle.name)
  const pane = agentPane(life.panes)
  if (!pane) throw lost(handle.name, 'the pane of its agent was closed')
  return pane
}

/** Like `findAgentPane`, but also rejects with `SESSION_LOST` when the process in that pane has ended. */
export async function findRunningAgent(tmux: Tmux, handle: SessionHandle): Promise<Pane> {
  const pane = await findAgentPane(tmux, handle)
  if (hasEnded(pane)) throw lost(handle.name, 'its agent has ended')
  return pane
}

/** Id and incarnation become part of a tmux command, where other characters could have a meaning. */
function checkHandle({name, id, incarnation}: SessionHandle): void {
  if (/^\$\d+$/.test(id) && /^(created:\d+|[A-Za-z0-9_-]+)$/.test(incarnation)) return
  throw new GtError(`session '${shorten(name)}' has an id or incarnation that is not tmux's`, {
    code: 'INVALID_HANDLE',
  })
}
