// Sessions of both backends in a town of their own, and what the system says about the processes that hold them.
import {execFileSync} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {createPtyBackend} from '@gtown/plugin-pty'
import {createTmuxBackend} from '@gtown/plugin-tmux'
import {killer} from '@gtown/process'
import {pidOf} from '@gtown/sdk/files'
import {bornIn, inTown} from '../support/town.js'
import {until} from '../support/trees.js'

/** Runs a part in a town of its own; returns its table, and counts as wrong whatever is left afterwards. */
export async function inWorld(part, options) {
  return await inTown(['alpha'], async (town) => {
    const {env} = town
    const backends = {pty: createPtyBackend({killer, env}), tmux: createTmuxBackend({killer, env})}
    const result = await part({...town, backends}, options)
    for (const backend of Object.values(backends)) await stopAll(backend)
    return {...result, wrongs: [...result.wrongs, ...(await leftIn(town))]}
  })
}

/** The spec of a session. Its program repeats what is typed, unless another is named. */
export const spec = (name, command = ['/bin/cat']) => ({
  name,
  cwd: '/',
  command,
  env: {GT_SESSION_ID: `bench/${name}/${randomUUID()}`},
  unsetEnv: [],
  labels: {},
})

export async function stopAll(backend) {
  for (const session of await backend.list()) await backend.stop(session, {graceMs: 0})
}

/** The pid of the process that holds the session's terminal: its shim, or tmux's server. */
export function terminalPidOf({env}, backend, name) {
  if (backend.name === 'pty') return pidOf(recordsIn(env).find((record) => record.name === name).owner)
  const args = ['-L', 'default', 'display-message', '-p', '#{pid}']
  return Number(execFileSync('tmux', args, {env, encoding: 'utf8'}))
}

function recordsIn({GT_PTY_DIR: folder}) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
}

/** Sockets, records and whatever else the embedded backend has put on disk. */
export function filesIn({env}) {
  return existsSync(env.GT_PTY_DIR) ? readdirSync(env.GT_PTY_DIR) : []
}

/** Its private memory, and the same plus its share of shared memory, in MiB. */
export function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const field = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)[1]) / 1024
  return {own: field('Private_Clean') + field('Private_Dirty'), proportional: field('Pss')}
}

export function descriptorsOf(pid) {
  return readdirSync(`/proc/${pid}/fd`).length
}

export const sum = (values) => values.reduce((total, value) => total + value, 0)

async function leftIn(town) {
  try {
    // tmux's server ends by itself a moment after its last session.
    await until('no process to be left', () => bornIn(town).length === 0)
  } catch {
    return [`${bornIn(town).length} processes are left`]
  }
  const files = filesIn(town)
  return files.length === 0 ? [] : [`files are left: ${files.join(', ')}`]
}
