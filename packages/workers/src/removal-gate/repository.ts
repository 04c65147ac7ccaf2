import {GtError, shorten} from '@gtown/sdk'
import type {Git} from '@gtown/sdk/git'

/** The sandbox that is looked at, and how git is asked about it. */
export interface GateContext {
  git: Git
  /** Absolute path of the worktree. */
  path: string
  /** The remote that work must have reached. */
  remote: string
  /** Milliseconds for one question to git. */
  timeoutMs: number
}

/** What git says. Rejects with `GIT_FAILED` and git's own words when it fails. */
export async function ask(context: GateContext, ...args: string[]): Promise<string> {
  const {code, stdout, stderr} = await context.git(args, {cwd: context.path, timeoutMs: context.timeoutMs})
  if (code === 0) return stdout
  throw failed(args, stderr)
}

/** The same, for questions to which git answers with nothing and exit code 1 when there is no such thing. */
export async function askIfAny(context: GateContext, ...args: string[]): Promise<string> {
  const {code, stdout, stderr} = await context.git(args, {cwd: context.path, timeoutMs: context.timeoutMs})
  if (code === 0 || (code === 1 && stdout === '' && stderr === '')) return stdout
  throw failed(args, stderr)
}

/** Whether something is so, for questions that git answers with its exit code: 0 is yes, 1 is no. */
export async function isSo(context: GateContext, ...args: string[]): Promise<boolean> {
  const {code, stderr} = await context.git(args, {cwd: context.path, timeoutMs: context.timeoutMs})
  if (code === 0) return true
  if (code === 1) return false
  throw failed(args, stderr)
}

/** The lines of an answer, without the end of the last one. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** The entries of an answer that was asked for with `-z`. */
export function entriesOf(text: string): string[] {
  return text.split('\0').filter((entry) => entry !== '')
}

function failed(args: readonly string[], stderr: string): GtError {
  const said = linesOf(stderr).find((line) => /^(fatal|error): /.test(line)) ?? linesOf(stderr).at(-1)
  // The address of a remote may carry a password.
  const words = shorten((said ?? 'it did not say why').replaceAll(/\/\/[^/@\s]*@/g, '//'), 200)
  return new GtError(`git ${args[0]} failed: ${words}`, {code: 'GIT_FAILED'})
}
