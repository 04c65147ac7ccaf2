import type {Git} from '@gtown/sdk/git'
import {gitFailed} from '../git-output.js'

/** The sandbox to check, and how to run git for it. */
export interface GateContext {
  git: Git
  /** Absolute path of the worktree. */
  path: string
  /** The remote that work must have reached. */
  remote: string
  /** Milliseconds for one git command. */
  timeoutMs: number
}

/** Runs git and returns its output. Rejects with `GIT_FAILED` and git's own message when it fails. */
export async function runGit(context: GateContext, ...args: string[]): Promise<string> {
  const {code, stdout, stderr} = await context.git(args, {cwd: context.path, timeoutMs: context.timeoutMs})
  if (code === 0) return stdout
  throw gitFailed(args, {stderr})
}

/** Like `runGit`, but empty for a command that exits with 1 and no output when it finds nothing. */
export async function runGitIfAny(context: GateContext, ...args: string[]): Promise<string> {
  const {code, stdout, stderr} = await context.git(args, {cwd: context.path, timeoutMs: context.timeoutMs})
  if (code === 0 || (code === 1 && stdout === '' && stderr === '')) return stdout
  throw gitFailed(args, {stderr})
}

/** Runs a git command that answers by its exit code: 0 is true, 1 is false. */
export async function testGit(context: GateContext, ...args: string[]): Promise<boolean> {
  const {code, stderr} = await context.git(args, {cwd: context.path, timeoutMs: context.timeoutMs})
  if (code === 0) return true
  if (code === 1) return false
  throw gitFailed(args, {stderr})
}

/** Like `runGit`, with a text for git to read. */
export async function runGitWith(
  context: Pick<GateContext, 'git' | 'path' | 'timeoutMs'>,
  input: string,
  ...args: string[]
): Promise<string> {
  const {git, path, timeoutMs} = context
  const {code, stdout, stderr} = await git(args, {cwd: path, timeoutMs, input})
  if (code === 0) return stdout
  throw gitFailed(args, {stderr})
}
