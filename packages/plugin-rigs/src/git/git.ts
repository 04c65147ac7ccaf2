import {GtError, shorten} from '@gtown/sdk'
import {gitEnvironment} from '@gtown/sdk/git'
import {execa} from 'execa'
import type {Environment} from '../workspace/workspace.js'
import {killTree} from './kill-tree.js'
import {withoutCredentials} from './source.js'

export interface GitOptions {
  /** Absolute path of the directory that git runs in. */
  cwd: string
  env: Environment
  /** False keeps git from asking for a password on the terminal. */
  mayAsk: boolean
  signal?: AbortSignal
  /** Text for git's stdin. */
  input?: string
  /** Told of git's stderr as it comes; a piece may end anywhere. */
  onStderr?: (piece: string) => void
}

/**
 * Runs git and returns its stdout. Rejects with `GIT_FAILED` and git's own words, with `GIT_MISSING`, or with
 * the signal's reason; then nothing that git started runs any more.
 */
export async function git(args: readonly string[], options: GitOptions): Promise<string> {
  const {cwd, signal, onStderr, input = ''} = options
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
  const kill = async () => {
    await killTree(subprocess)
    // Whoever escaped may hold the other ends open for ever.
    subprocess.stdout.destroy()
    subprocess.stderr.destroy()
  }
  signal?.addEventListener('abort', kill)
  const {failed, code, stdout, stderr, shortMessage} = await subprocess
  signal?.removeEventListener('abort', kill)
  signal?.throwIfAborted()
  if (!failed) return stdout
  throw code === 'ENOENT' ? missing() : failure(stderr || (shortMessage ?? ''))
}

function environment({env, mayAsk}: GitOptions): Record<string, string> {
  // English, so that the lines that say why git failed can be told from the others.
  return {...gitEnvironment(env), LANGUAGE: 'en', ...(!mayAsk && {GIT_TERMINAL_PROMPT: '0'})}
}

function missing(): GtError {
  return new GtError("git is not installed: 'git' not found in PATH", {
    code: 'GIT_MISSING',
    hint: 'Install git, and try again.',
  })
}

/** The sentence in which git says why, with what it said around it as the hint. */
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
