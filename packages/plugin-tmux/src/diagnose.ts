import {join} from 'node:path'
import {type BackendDiagnosis, type Finding, isGtError} from '@gtown/sdk'
import {hasErrno, isListening, isThere} from '@gtown/sdk/files'
import {serverName, tmuxVersion} from './tmux.js'
import type {TmuxResult} from './tmux-result.js'
import {isTooOld, OLDEST_VERSION} from './version.js'

/** Shorter than gt's limit for the whole diagnosis, so that the server is still reported. */
const VERSION_TIMEOUT_MS = 4000

/** What `gt doctor` shows about tmux: the installed version, and its server's socket. Starts no server. */
export async function diagnose(env: NodeJS.ProcessEnv): Promise<BackendDiagnosis> {
  const [program, server] = await Promise.all([findProgram(env), findServer(env)])
  return {requirements: [program], runtime: [server]}
}

async function findProgram(env: NodeJS.ProcessEnv): Promise<Finding> {
  try {
    return programFinding(await tmuxVersion(env, VERSION_TIMEOUT_MS))
  } catch (error) {
    if (!isGtError(error)) throw error
    if (!hasErrno(error.cause, 'ENOENT')) return failing(error.message)
    const cure = 'Install it (Debian: apt install tmux, macOS: brew install tmux).'
    // Not an error if another backend is usable.
    return {check: 'tmux', status: 'warn', message: 'tmux is not installed', cure}
  }
}

function programFinding({code, stdout, stderr}: TmuxResult): Finding {
  const version = stdout.trim()
  if (code !== 0) return failing(`tmux -V failed: ${stderr.trim() || `it ended with code ${code}`}`)
  if (!isTooOld(version.replace(/^tmux /, ''))) {
    return {check: 'tmux', status: 'ok', message: version, cure: null}
  }
  return {
    check: 'tmux',
    status: 'fail',
    message: `${version} is older than ${OLDEST_VERSION}`,
    cure: 'Update tmux.',
  }
}

function failing(message: string): Finding {
  return {check: 'tmux', status: 'fail', message, cure: "Install tmux again, so that 'tmux -V' works."}
}

async function findServer(env: NodeJS.ProcessEnv): Promise<Finding> {
  const socket = join(env.TMUX_TMPDIR || '/tmp', `tmux-${process.getuid?.() ?? 0}`, serverName(env))
  return {check: 'socket', status: 'ok', message: await stateOf(socket), cure: null}
}

async function stateOf(socket: string): Promise<string> {
  if (!(await isThere(socket))) return `no tmux server runs on ${socket}`
  if (await isListening(socket)) return `a tmux server listens on ${socket}`
  return `no tmux server listens on ${socket} any more: the next start replaces it`
}
