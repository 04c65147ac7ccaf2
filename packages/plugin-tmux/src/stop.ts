import {INFRA_MARKER, type Killer, type KillTarget, type SessionHandle, sessionSurvived} from '@gtown/sdk'
import {command} from './commands.js'
import {isAbsent, unexpected} from './errors.js'
import {environmentValue} from './inspect.js'
import {findLife, ifAlive, type Life} from './life.js'
import {hasEnded} from './panes.js'
import type {Tmux} from './tmux.js'

export interface StopServices {
  tmux: Tmux
  killer: Killer
}

/**
 * Ends one life of a session: its processes first, then the session itself.
 *
 * The session is removed last, and only when none of its processes survives. Until then it keeps the marker by which
 * survivors are found, so that a stop that failed or was killed can be repeated.
 *
 * @returns `absent` when that life is already over; a later session of the same name is not touched
 * @throws `SURVIVORS` with pid and command of each process that could not be ended
 */
export async function stop(
  {tmux, killer}: StopServices,
  handle: SessionHandle,
  graceMs: number,
): Promise<'stopped' | 'absent'> {
  const life = await findLife(
    tmux,
    handle,
    ifAlive(handle, markStopping(handle.id)),
    ifAlive(handle, withoutRespawn(handle.id)),
    [command.showEnvironment, '-t', handle.id, 'GT_SESSION_ID'],
  )
  if (!life) return 'absent'
  const survivors = await killer.end(killTarget(life), {graceMs})
  if (survivors.length > 0) throw sessionSurvived(handle.name, survivors)
  const removal = await tmux.run(ifAlive(handle, `${command.killSession} -t '${handle.id}'`))
  // The session, and even the server, may have ended by itself with its last process.
  if (removal.code !== 0 && !isAbsent(removal)) throw unexpected(removal)
  return 'stopped'
}

/** Marks the session, so that after an interrupted stop the next command knows to finish it. */
function markStopping(id: string): string {
  return `${command.setOption} -t '${id}' @gt_stopping 1`
}

/** Gives each pane an empty `pane-died` hook. It overrides a hook of the user's that would restart the process. */
function withoutRespawn(id: string): string {
  const everyPane = `#{W:#{P:${command.setHook} -p -t #{pane_id} pane-died "" ; }}`
  return `${command.runShell} -C -t '${id}:' '${everyPane}'`
}

function killTarget({panes, result}: Life): KillTarget {
  const marker = environmentValue(result, 'GT_SESSION_ID')
  return {
    // The pid of an ended process may belong to an unrelated one by now.
    roots: panes.filter((pane) => !hasEnded(pane)).map(({pid}) => Number(pid)),
    parentPid: Number(panes[0].server),
    ...(marker && marker !== INFRA_MARKER && {marker}),
  }
}
