import {type ChildProcessByStdio, spawn} from 'node:child_process'
import {createInterface} from 'node:readline'
import type {Readable, Writable} from 'node:stream'
import {fileURLToPath} from 'node:url'
import {incarnationOf, type SessionSpec, sessionLost} from '@gtown/sdk'
import {makeStamp} from '@gtown/sdk/files'
import {exitFileOf, logOf, type PlainRecord} from './record.js'

/** Tells a runner what to start, and where to record output and end. */
export interface Order {
  command: readonly [string, ...string[]]
  cwd: string
  env: Record<string, string>
  logFile: string
  exitFile: string
}

type Runner = ChildProcessByStdio<Writable, Readable, null>

/** Session id of the runner itself, so that the end of another session spares it. */
const NO_SESSION = 'infra'

/** Starts a runner and sends it the order on standard input, so that nothing of it is in a process list. */
export function launch({name, command, cwd, env, unsetEnv}: SessionSpec): Runner {
  const runner = spawn(process.execPath, [fileURLToPath(new URL('runner.js', import.meta.url))], {
    cwd: '/',
    env: {...process.env, GT_SESSION_ID: NO_SESSION},
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  })
  const {PATH, HOME, LANG} = process.env
  const inherited = {...(PATH && {PATH}), ...(HOME && {HOME}), ...(LANG && {LANG}), PWD: cwd}
  const variables = Object.entries({...inherited, ...env}).filter(
    ([variable]) => !unsetEnv.includes(variable) || variable in env,
  )
  const files = {logFile: logOf(name), exitFile: exitFileOf(name)}
  const order: Order = {command, cwd, env: Object.fromEntries(variables), ...files}
  runner.stdin.on('error', () => {
    // The runner has ended; the end of its output shows that.
  })
  runner.stdin.write(`${JSON.stringify(order)}\n`)
  return runner
}

/** The record of a session whose program runs. Rejects with `SESSION_LOST` if the program could not be started. */
export async function recordOf(spec: SessionSpec, runner: Runner): Promise<PlainRecord> {
  const pid = await pidFrom(runner, spec.name)
  return {
    name: spec.name,
    incarnation: incarnationOf(spec),
    pid,
    stamp: await makeStamp(pid),
    runner: await makeStamp(runner.pid),
    createdAt: Date.now(),
    labels: spec.labels,
    ...(spec.env.GT_SESSION_ID && {marker: spec.env.GT_SESSION_ID}),
    ...(spec.env.GT_ROOT && {environmentRoot: spec.env.GT_ROOT}),
  }
}

/** The program's pid, which its runner prints. */
async function pidFrom(runner: Runner, name: string): Promise<number> {
  for await (const line of createInterface({input: runner.stdout})) return Number(line)
  throw sessionLost(name, 'it could not be started')
}
