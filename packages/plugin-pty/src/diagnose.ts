import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import type {BackendDiagnosis, Finding} from '@gtown/sdk'
import {hasErrno, isListening} from '@gtown/sdk/files'
import {sessionsFolder} from './directory.js'

/** What `gt doctor` shows about sessions without tmux: their sockets, and whether a process listens on them. */
export async function diagnose(env: NodeJS.ProcessEnv): Promise<BackendDiagnosis> {
  const folder = sessionsFolder(env)
  const sockets = (await namesIn(folder)).filter((name) => name.endsWith('.sock'))
  const answers = await Promise.all(sockets.map((name) => isListening(join(folder, name))))
  const stale = answers.filter((listening) => !listening).length
  return {runtime: [socketsFinding(folder, {count: sockets.length, stale})]}
}

function socketsFinding(folder: string, {count, stale}: {count: number; stale: number}): Finding {
  if (stale === 0) {
    return {check: 'socket', status: 'ok', message: `${count} pty sessions in ${folder}`, cure: null}
  }
  return {
    check: 'socket',
    status: 'warn',
    message: `nobody listens on ${stale} of ${count} sockets in ${folder}: the processes that kept the sessions were killed`,
    cure: 'Stop or start those sessions again: that clears them away.',
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return []
    throw error
  }
}
