import {type ChildProcess, spawn} from 'node:child_process'
import type {Readable} from 'node:stream'
import {GtError} from '../errors.js'
import {hasErrno} from '../files/index.js'
import {unattendedGitEnvironment, withConfiguration} from './git-environment.js'

export interface GitRunOptions {
  /** Absolute path of the directory that git runs in. */
  cwd: string
  timeoutMs: number
  /** What git reads from its standard input; nothing when absent. */
  input?: string
  /** Variables over those of `unattendedGitEnvironment`, such as `GIT_INDEX_FILE`. */
  env?: Readonly<Record<string, string>>
  /** Settings over those of every configuration file and of `unattendedGitEnvironment`. */
  settings?: readonly (readonly [key: string, value: string])[]
}

export interface GitResult {
  code: number
  stdout: string
  stderr: string
}

/**
 * Runs git and returns its output, whatever its exit code. Rejects with `GIT_MISSING`, with `GIT_TIMED_OUT` after the
 * timeout, and with `GIT_KILLED` if a signal ended it. After a timeout its whole process group has been killed.
 */
export type Git = (args: readonly string[], options: GitRunOptions) => Promise<GitResult>

/** Unattended git: see `unattendedGitEnvironment`. It has no terminal, so its child processes cannot prompt on one. */
export function unattendedGit(env: Readonly<Record<string, string | undefined>>): Git {
  const environment = unattendedGitEnvironment(env)
  return (args, options) => run(args, options, environment)
}

async function run(
  args: readonly string[],
  {cwd, timeoutMs, input, env, settings = []}: GitRunOptions,
  environment: Record<string, string>,
): Promise<GitResult> {
  // A process group of its own lets us kill git together with the transport that it waits for.
  const options = {cwd, env: {...withConfiguration(environment, settings), ...env}, detached: true}
  const child =
    input === undefined
      ? spawn('git', args, {...options, stdio: ['ignore', 'pipe', 'pipe']})
      : spawn('git', args, {...options, stdio: ['pipe', 'pipe', 'pipe']})
  // Git may end before it has read everything. Its exit code tells whether it failed.
  child.stdin?.on('error', () => {}).end(input)
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)]
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    killGroup(child)
  }, timeoutMs)
  const code = await endOf(child).finally(() => clearTimeout(timer))
  if (timedOut) throw timeout(args, timeoutMs)
  if (code !== null) return {code, stdout: stdout(), stderr: stderr()}
  throw new GtError(`git ${args[0]} was killed`, {code: 'GIT_KILLED'})
}

function gather(stream: Readable): () => string {
  let text = ''
  stream.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  return () => text
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('close', resolve)
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? missing(child) : error),
    )
  })
}

/** A missing directory causes the same error as a missing program. */
function missing(child: ChildProcess): GtError {
  return new GtError(`git could not be started: ${child.spawnfile} or its directory is missing`, {
    code: 'GIT_MISSING',
    hint: 'Install git, and try again.',
  })
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (!hasErrno(error, 'ESRCH')) throw error
  }
  // A process that left the group may hold the pipes open for ever.
  child.stdin?.destroy()
  child.stdout?.destroy()
  child.stderr?.destroy()
}

function timeout(args: readonly string[], timeoutMs: number): GtError {
  return new GtError(`git ${args[0]} gave no answer within ${timeoutMs / 1000} s`, {code: 'GIT_TIMED_OUT'})
}
