import {type SpawnOptions, spawn} from 'node:child_process'
import {GtError, INFRA_MARKER} from '@gtown/sdk'
import {askTmux} from './ask.js'
import {notInstalled, unavailable} from './errors.js'
import type {TmuxResult} from './tmux-result.js'

interface RunOptions {
  /** Text for its standard input, which is empty otherwise. */
  input?: string
  /** Its working directory: an absolute path of a directory that exists. */
  cwd?: string
}

/** tmux, bound to one server. Only this file and `ask.ts` start processes in this package. */
export interface Tmux {
  readonly env: NodeJS.ProcessEnv
  /** Runs one tmux process. Resolves with any exit code; rejects when there is none. */
  run(args: readonly string[], options?: RunOptions): Promise<TmuxResult>
  /**
   * Runs one tmux process like `run`, for a query that changes nothing. It blocks this process, which takes half as
   * long as waiting for events. Without an answer within a second the query is repeated with `run`.
   */
  ask(args: readonly string[]): Promise<TmuxResult>
  /** The installed tmux's name and version, such as `tmux 3.3a`. Needs no server. */
  version(): Promise<TmuxResult>
  /** Runs tmux in this process's terminal until it ends, and returns its exit code. */
  show(args: readonly string[]): Promise<number>
}

/** A healthy tmux answers within milliseconds; a suspended one never does. */
const ANSWER_TIMEOUT_MS = 15_000

/** Longest time for which this process may be blocked. */
const BLOCKING_TIMEOUT_MS = 1000

/**
 * Binds tmux to the server that the environment names (`GT_TMUX_SOCKET`, else tmux's default).
 *
 * @param timeoutMs milliseconds after which `run` gives up on a tmux process and ends it
 */
export function openTmux(env: NodeJS.ProcessEnv, timeoutMs = ANSWER_TIMEOUT_MS): Tmux {
  // Always named: inside another tmux, tmux would use that server instead.
  const server = ['-u', '-L', socketName(env)]
  return {
    env,
    ask: async (args) => {
      const words = [...server, ...args]
      const blocking = {env, timeoutMs: Math.min(timeoutMs, BLOCKING_TIMEOUT_MS)}
      return askTmux(words, spawnOptions(blocking)) ?? (await run(words, {env, timeoutMs}))
    },
    run: (args, options) => run([...server, ...args], {...options, env, timeoutMs}),
    version: () => tmuxVersion(env, timeoutMs),
    show: (args) => show([...server, ...args], env),
  }
}

/** What the installed tmux calls itself; see `Tmux.version`. */
export function tmuxVersion(env: NodeJS.ProcessEnv, timeoutMs: number): Promise<TmuxResult> {
  return run(['-V'], {env, timeoutMs})
}

/** The server that the environment names, which may be no name that can be used. */
export function serverName(env: NodeJS.ProcessEnv): string {
  return env.GT_TMUX_SOCKET || 'default'
}

function socketName(env: NodeJS.ProcessEnv): string {
  const name = serverName(env)
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) return name
  throw new GtError(`GT_TMUX_SOCKET cannot be '${name}'`, {
    code: 'INVALID_SOCKET',
    hint: 'Set the name of a tmux server, not a path: letters, digits, _, - and dots.',
  })
}

interface Call extends RunOptions {
  env: NodeJS.ProcessEnv
  timeoutMs: number
}

function run(args: string[], call: Call): Promise<TmuxResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('tmux', args, spawnOptions(call))
    const output = {stdout: '', stderr: ''}
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
    child.stdin?.on('error', (error: NodeJS.ErrnoException) => {
      // tmux ended before it read all its input. Its exit code and error output say why.
      if (error.code !== 'EPIPE') reject(cannotRun(error))
    })
    child.stdin?.end(call.input)
    child.on('error', (error) => reject(cannotRun(error)))
    child.on('close', (code, signal) => {
      if (code !== null) resolve({code, ...output})
      else reject(unavailable(`tmux gave no answer within ${call.timeoutMs} ms, or was killed: ${signal}`))
    })
  })
}

function spawnOptions({env, timeoutMs, input, cwd}: Call): SpawnOptions {
  return {
    env: {...env, GT_SESSION_ID: INFRA_MARKER, ...(cwd && {PWD: cwd})},
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // Outside the terminal's process group: Ctrl-C must not interrupt tmux in the middle of a call.
    detached: true,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    ...(cwd && {cwd}),
  }
}

function show(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('tmux', args, {env: {...env, GT_SESSION_ID: INFRA_MARKER}, stdio: 'inherit'})
    child.on('error', (error) => reject(cannotRun(error)))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

function cannotRun(cause: NodeJS.ErrnoException): GtError {
  if (cause.code === 'ENOENT') return unavailable(notInstalled.reason, {hint: notInstalled.hint, cause})
  return unavailable(`tmux cannot be run: ${cause.message}`, {cause})
}
