import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno} from '@gtown/sdk/files'
import {type Check, ok, warn} from './check.js'
import type {Diagnostics} from './diagnostics.js'

/** The socket of tmux's server and those of pty sessions: which answer, and which nobody listens on any more. */
export async function checkSockets(diagnostics: Diagnostics): Promise<Check[]> {
  const {env} = diagnostics.place
  const user = process.getuid?.() ?? 0
  const tmux = join(env.TMUX_TMPDIR || '/tmp', `tmux-${user}`)
  return [
    await checkTmuxSocket(diagnostics, tmux, env.GT_TMUX_SOCKET || 'default'),
    await checkPtySockets(diagnostics, env.GT_PTY_DIR || `/tmp/gt-${user}/pty`),
  ]
}

async function checkTmuxSocket({isListening}: Diagnostics, folder: string, name: string): Promise<Check> {
  const socket = join(folder, name)
  if (!(await namesIn(folder)).includes(name)) return ok('socket', `no tmux server runs on ${socket}`)
  if (await isListening(socket)) return ok('socket', `a tmux server listens on ${socket}`)
  return ok('socket', `no tmux server listens on ${socket} any more: the next start replaces it`)
}

async function checkPtySockets({isListening}: Diagnostics, folder: string): Promise<Check> {
  const sockets = (await namesIn(folder)).filter((name) => name.endsWith('.sock'))
  const answers = await Promise.all(sockets.map((name) => isListening(join(folder, name))))
  const stale = answers.filter((listening) => !listening).length
  if (stale === 0) return ok('socket', `${sockets.length} pty sessions in ${folder}`)
  return warn(
    'socket',
    `nobody listens on ${stale} of ${sockets.length} sockets in ${folder}: the processes that kept the sessions were killed`,
    'Stop or start those sessions again: that clears them away.',
  )
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return []
    throw error
  }
}
