import {realpath} from 'node:fs/promises'
import {GtError} from '@gtown/sdk'
import {addressOfWorker, type WorkerRef} from '@gtown/workers'
import {gitOutput, type Repository} from './git.js'

/** The commit and branch checked out in a sandbox. */
export interface CheckedOut {
  head: string
  /** Undefined if HEAD is detached. */
  branch: string | undefined
}

/** Looks at a sandbox. Rejects with `SANDBOX_BROKEN` where git takes the directory for none, or for a part of another. */
export async function readCheckedOut(ref: WorkerRef, sandbox: Repository): Promise<CheckedOut> {
  let top: string
  try {
    top = await gitOutput(sandbox, ['rev-parse', '--show-toplevel'])
  } catch (error) {
    throw broken(ref, sandbox, error)
  }
  if (top !== (await realpath(sandbox.path))) throw broken(ref, sandbox)
  const name = await gitOutput(sandbox, ['rev-parse', '--symbolic-full-name', 'HEAD'])
  return {
    head: await gitOutput(sandbox, ['rev-parse', '--verify', 'HEAD^{commit}']),
    branch: name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : undefined,
  }
}

function broken(ref: WorkerRef, {path}: Repository, cause?: unknown): GtError {
  const why = cause instanceof Error ? `: ${cause.message}` : ''
  return new GtError(`the sandbox of ${addressOfWorker(ref)} is not a git worktree of its own${why}`, {
    code: 'SANDBOX_BROKEN',
    hint: `It is left as it is: ${path}. Repair it with git, or put it away: gt polecat nuke ${addressOfWorker(ref)}`,
    cause,
  })
}
