import {realpath} from 'node:fs/promises'
import {checkTerminal, GtError, type SessionHandle} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import {command} from './commands.js'
import {checkSuccess, lost} from './errors.js'
import {findLife} from './life.js'
import type {Tmux} from './tmux.js'

/**
 * Shows the session in this terminal until the user detaches or the session ends. Inside a pane of the same tmux
 * server it switches the client to the session and returns at once.
 */
export async function attach(tmux: Tmux, handle: SessionHandle): Promise<void> {
  await checkTerminal()
  const life = await findLife(tmux, handle, [command.displayMessage, '-p', '#{socket_path}'])
  if (!life) throw lost(handle.name)
  const socket = life.result.stdout.trimEnd().split('\n').at(-1) ?? ''
  if (await isInside(tmux.env, socket)) {
    checkSuccess(await tmux.run([command.switchClient, '-t', handle.id]))
    return
  }
  const code = await tmux.show([command.attachSession, '-t', handle.id])
  if (code !== 0 && (await findLife(tmux, handle))) {
    throw new GtError(`session '${handle.name}' could not be shown: tmux ended with code ${code}`, {
      code: 'ATTACH_FAILED',
    })
  }
}

/** Whether this process runs in a pane of the server with that socket. */
async function isInside(env: NodeJS.ProcessEnv, socket: string): Promise<boolean> {
  const outer = env.TMUX?.split(',')[0]
  if (!outer) return false
  try {
    return (await realpath(outer)) === (await realpath(socket))
  } catch (error) {
    // The server that started this shell is gone, or runs on another machine.
    if (hasErrno(error, 'ENOENT')) return false
    throw error
  }
}
