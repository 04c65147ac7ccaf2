import {type ChildProcess, spawn} from 'node:child_process'
import type {Readable} from 'node:stream'
import {GtError} from '../errors.js'
import {hasErrno} from '../files/index.js'
import {unattendedGitEnvironment, withConfiguration} from './git-environment.js'
import {type GitLimits, limitReached} from './git-limits.js'
import {killIfSame, processTree} from './process-tree.js'
import {watchWork} from './watch-work.js'

interface GitRunBase {
  /** Absolute path of the directory that git runs in. */
  cwd: string
  /** What git reads from its standard input; nothing when absent. */
  input?: string
  /** Variables over those of `unattendedGitEnvironment`, such as `GIT_INDEX_FILE`. */
  env?: Readonly<Record<string, string>>
  /** Settings over those of every configuration file and of `unattendedGitEnvironment`. */
  settings?: readonly (readonly [key: string, value: string])[]
  /** Ends git at once, with all that it started. */
  signal?: AbortSignal | undefined
  /** Receives what git writes, to stderr and to stdout, in chunks, which may end anywhere. git-lfs reports to stdout. */
  onOutput?: (piece: string) => void
}

/** A fixed time for an answer, or limits for work that may take long while it goes on. */
export type GitRunOptions = GitRunBase & ({timeoutMs: number} | {limits: GitLimits})

export interface GitResult {
  code: number
  stdout: string
  stderr: string
}

/**
 * Runs git and returns its output, whatever its exit code. Rejects with `GIT_MISSING`, with `GIT_TIMED_OUT` after the
 * timeout or at a limit, with the signal's reason, and with `GIT_KILLED` if a signal ended it. After a timeout, a limit
 * or an abort all that git started has been killed.
 */
export type Git = (args: readonly string[], options: GitRunOptions) => Promise<GitResult>

/** Unattended git: see `unattendedGitEnvironment`. It has no terminal, so its child processes cannot prompt on one. */
export function unattendedGit(env: Readonly<Record<string, string | undefined>>): Git {
  const environment = unattendedGitEnvironment(env)
  return (args, options) => run(args, options, environment)
}

async function run(
  args: readonly string[],
  options: GitRunOptions,
  environment: Record<string, string>,
): Promise<GitResult> {
  const {signal, onOutput} = options
  signal?.throwIfAborted()
  const child = start(args, options, environment)
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)]
  if (onOutput) for (const stream of [child.stdout, child.stderr]) stream?.on('data', onOutput)
  let ended: unknown
  const end = (reason: unknown) => {
    ended ??= reason
    killTree(child)
  }
  const stopWatch = watch(child, args, {options, end})
  const abort = () => end(signal?.reason)
  signal?.addEventListener('abort', abort)
  const code = await endOf(child).finally(() => {
    stopWatch()
    signal?.removeEventListener('abort', abort)
  })
  if (ended !== undefined) throw ended
  if (code !== null) return {code, stdout: stdout(), stderr: stderr()}
  throw new GtError(`git ${args[0]} was killed`, {code: 'GIT_KILLED'})
}

function start(
  args: readonly string[],
  {cwd, input, env, settings = []}: GitRunOptions,
  environment: Record<string, string>,
): ChildProcess {
  // A process group of its own lets us kill git together with the transport that it waits for.
  const options = {cwd, env: {...withConfiguration(environment, settings), ...env}, detached: true}
  if (input === undefined) return spawn('git', args, {...options, stdio: ['ignore', 'pipe', 'pipe']})
  const child = spawn('git', args, {...options, stdio: ['pipe', 'pipe', 'pipe']})
  // Git may end before it has read everything. Its exit code tells whether it failed.
  child.stdin.on('error', () => {}).end(input)
  return child
}

/** @returns ends the watch */
function watch(
  child: ChildProcess,
  args: readonly string[],
  {options, end}: {options: GitRunOptions; end: (reason: GtError) => void},
): () => void {
  const subcommand = args.find((arg) => !/^-|=/.test(arg)) ?? ''
  if ('limits' in options) {
    const {limits} = options
    return watchWork(child, limits, (limit) => end(limitReached(subcommand, limit, limits)))
  }
  const {timeoutMs} = options
  const timer = setTimeout(() => end(timeout(subcommand, timeoutMs)), timeoutMs)
  return () => clearTimeout(timer)
}

function gather(stream: Readable | null): () => string {
  let text = ''
  stream?.setEncoding('utf8').on('data', (piece: string) => {
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

/** Kills git's process group, and descendants that have left the group. */
function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return
  const tree = processTree(child.pid)
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (!hasErrno(error, 'ESRCH')) throw error
  }
  for (const found of tree) killIfSame(found)
  // An orphan that left the group may hold the pipes open for ever.
  child.stdin?.destroy()
  child.stdout?.destroy()
  child.stderr?.destroy()
}

function timeout(subcommand: string, timeoutMs: number): GtError {
  return new GtError(`git ${subcommand} gave no answer within ${timeoutMs / 1000} s`, {code: 'GIT_TIMED_OUT'})
}
