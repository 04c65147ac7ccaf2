// A town of its own for a measurement: home, tmux server, sessions and rigs that nobody else sees, removed at the end.
import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {constants, tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {processesWith} from '../../scripts/support/processes.js'
import {signal} from './trees.js'

const top = fileURLToPath(new URL('../..', import.meta.url))
export const launcher = join(top, 'bin', 'run.js')
export const node = process.execPath

/**
 * Makes the town, runs the measurement in it, and removes it with all that runs in it, even if it is interrupted.
 *
 * @param agent the agent of its sessions, as in the settings of a town
 */
export async function inTown(rigs, measure, {agent = echoAgent} = {}) {
  const base = mkdtempSync(join(tmpdir(), 'gt-bench-'))
  // The variable makes every Node process read certificates first, which would flatter any ratio to an empty Node.
  const {NODE_EXTRA_CA_CERTS: _, TMUX: __, TMUX_PANE: ___, GT_TMUX_SOCKET: ____, ...inherited} = process.env
  const env = {
    ...inherited,
    HOME: join(base, 'home'),
    TMUX_TMPDIR: join(base, 'tmux'),
    GT_PTY_DIR: join(base, 'pty'),
    PWD: base,
    NODE_ENV: 'production',
  }
  const interrupted = (name) => {
    remove({base, env})
    process.exit(128 + constants.signals[name])
  }
  for (const name of INTERRUPTIONS) process.once(name, interrupted)
  try {
    for (const folder of [
      'home',
      'tmux',
      'pty',
      'mayor',
      'settings',
      ...rigs.map((rig) => join(rig, 'witness')),
    ]) {
      mkdirSync(join(base, folder), {recursive: true, mode: 0o700})
    }
    writeJson(join(base, 'mayor', 'town.json'), {type: 'town', version: 2, name: 'bench'})
    writeJson(join(base, 'mayor', 'rigs.json'), {
      version: 1,
      rigs: Object.fromEntries(rigs.map((rig) => [rig, {}])),
    })
    writeJson(join(base, 'settings', 'config.json'), {
      version: 1,
      default_agent: 'echo',
      agents: {echo: agent},
    })
    return await measure({base, env})
  } finally {
    for (const name of INTERRUPTIONS) process.off(name, interrupted)
    remove({base, env})
  }
}

const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP']

function remove({base, env}) {
  spawnSync('tmux', ['-L', 'default', 'kill-server'], {env, stdio: 'ignore'})
  // A shim is nobody's child. A process may start another one while this reads the list.
  for (let left = bornIn({env}); left.length > 0; left = bornIn({env})) {
    for (const pid of left) signal(pid, 'SIGKILL')
  }
  rmSync(base, {recursive: true, force: true})
}

/** The pids of all processes started in the town, without this one. Empty if there is no /proc. */
export function bornIn({env}) {
  return processesWith(`TMUX_TMPDIR=${env.TMUX_TMPDIR}`).map(({pid}) => Number(pid))
}

const echoAgent = {
  command: node,
  args: [join(top, 'test', 'fixtures', 'agents', 'echo-agent.js')],
  ready_prompt_prefix: '> ',
}

function writeJson(file, value) {
  writeFileSync(file, JSON.stringify(value))
}

/** Runs a command until it ends; returns the wall time in milliseconds. Throws if it fails. */
export function time([command, ...args], {base, env}) {
  const start = process.hrtime.bigint()
  execFileSync(command, args, {cwd: base, env, stdio: ['ignore', 'pipe', 'pipe']})
  return Number(process.hrtime.bigint() - start) / 1e6
}

export function gt({base, env}, ...args) {
  return execFileSync(node, [launcher, ...args], {
    cwd: base,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs gt without waiting for others; resolves with its exit code and stdout. */
export function gtAsync({base, env}, ...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [launcher, ...args], {cwd: base, env, stdio: ['ignore', 'pipe', 'pipe']})
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text) => (stdout += text))
    child.stderr.on('data', (text) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({code, stdout, stderr}))
  })
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
