import {GtError, shorten} from '@gtown/sdk'
import {type GitLimits, gitEnvironment, limitReached, watchWork} from '@gtown/sdk/git'
import {execa} from 'execa'
import type {Environment} from '../workspace/workspace.js'
import {killTree} from './kill-tree.js'
import {withoutCredentials} from './source.js'

export interface GitOptions {
  /** Absolute path of git's working directory. */
  cwd: string
  env: Environment
  /** False keeps git from asking for a password on the terminal. */
  mayAsk: boolean
  /** Absent for commands that only read the repository. */
  limits?: GitLimits
  signal?: AbortSignal
  /** Text for git's stdin. */
  input?: string
  /** Receives git's stderr in chunks, which may end anywhere. */
  onStderr?: (piece: string) => void
}

/**
 * Runs git and returns its stdout. Rejects with `GIT_FAILED` and git's own message, with `GIT_MISSING`, with
 * `GIT_TIMED_OUT` at a limit, or with the signal's reason. After a limit or an abort nothing that git started is still
 * running.
 */
export async function git(args: readonly string[], options: GitOptions): Promise<string> {
  const {cwd, limits, signal, onStderr, input = ''} = options
  signal?.throwIfAborted()
  const subprocess = execa('git', args, {
    cwd,
    env: environment(options),
    extendEnv: false,
    killSignal: 'SIGKILL',
    input,
    reject: false,
  })
  if (onStderr) subprocess.stderr.setEncoding('utf8').on('data', onStderr)
  const limit = watchLimits(subprocess, args, limits)
  const stop = AbortSignal.any([limit.signal, ...(signal ? [signal] : [])])
  const kill = async () => {
    await killTree(subprocess)
    // A process that escaped could keep the pipes open forever.
    subprocess.stdout.destroy()
    subprocess.stderr.destroy()
  }
  stop.addEventListener('abort', kill)
  const {failed, code, stdout, stderr, shortMessage} = await subprocess
  stop.removeEventListener('abort', kill)
  limit.end()
  stop.throwIfAborted()
  if (!failed) return stdout
  throw code === 'ENOENT' ? missing() : failure(stderr || (shortMessage ?? ''))
}

/** @returns a signal that is aborted when a limit is reached, and what ends the watch */
function watchLimits(
  subprocess: Parameters<typeof watchWork>[0],
  [subcommand = '']: readonly string[],
  limits: GitLimits | undefined,
): {signal: AbortSignal; end: () => void} {
  const controller = new AbortController()
  const {signal} = controller
  if (!limits) return {signal, end() {}}
  const end = watchWork(subprocess, limits, (key) => controller.abort(limitReached(subcommand, key, limits)))
  return {signal, end}
}

function environment({env, mayAsk}: GitOptions): Record<string, string> {
  // English, so that git's error lines can be recognised.
  return {...gitEnvironment(env), LANGUAGE: 'en', ...(!mayAsk && {GIT_TERMINAL_PROMPT: '0'})}
}

function missing(): GtError {
  return new GtError("git is not installed: 'git' not found in PATH", {
    code: 'GIT_MISSING',
    hint: 'Install git, and try again.',
  })
}

/** The error line of git as the message, with its other lines as the hint. */
function failure(stderr: string): GtError {
  const lines = withoutCredentials(stderr)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '' && !/^Cloning into |\d+% \(|, done\.\s*$/.test(line))
    .map((line) => shorten(line.trim(), 300))
  const cause = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines.at(-1) ?? 'git failed'
  const others = lines.filter((line) => line !== cause).slice(-5)
  return new GtError(cause.replace(/^(fatal|error): /, ''), {
    code: 'GIT_FAILED',
    ...(others.length > 0 && {hint: others.join('\n')}),
  })
}
