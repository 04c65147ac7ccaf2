import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {type GateRequest, lookThroughGate} from '../../../../src/patrol/destroy-gate/destroy-gate.js'
import {type Sandbox, sandbox} from '../../../support/sandbox.js'

/** A rig with a real origin and one worker in a worktree, all in the sandbox of the current test. */
export interface Worker {
  box: Sandbox
  /** The bare repository that is the remote. */
  origin: string
  /** The repository that the worktree belongs to. */
  repository: string
  /** The worktree. */
  path: string
  branch: string
  /** Runs git in the worktree, or in another directory; returns stdout. */
  git(...args: string[]): string
  gitIn(cwd: string, ...args: string[]): string
  /** Writes a file of the worktree. */
  write(file: string, text: string): string
  /** Writes a file and commits it; returns the commit. */
  commit(file: string, text?: string): string
  /** Commits on the origin's default branch, as somebody else; `change` works in a clone of it. */
  elsewhere(change: (clone: string) => void): void
}

export interface WorkerOptions {
  defaultBranch?: string
  /** `clone`: the worktree belongs to a clone with files of its own, as in the old layout. */
  repository?: 'bare' | 'clone'
}

export function makeWorker({defaultBranch = 'main', repository: kind = 'bare'}: WorkerOptions = {}): Worker {
  const box = sandbox()
  const env = {...box.env, ...IDENTITY}
  const gitIn = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  const origin = join(box.dir, 'origin.git')
  const repository = join(box.dir, 'rig', kind === 'bare' ? '.repo.git' : 'mayor/rig')
  const path = join(box.dir, 'rig/polecats/nux/rig')
  const branch = 'polecat/nux-m1'
  gitIn(box.dir, 'init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, origin)
  const elsewhere = (change: (clone: string) => void) => {
    const clone = join(box.dir, 'elsewhere')
    execFileSync('rm', ['-rf', clone])
    gitIn(box.dir, 'clone', '--quiet', origin, clone)
    change(clone)
    gitIn(clone, 'push', '--quiet', 'origin', `HEAD:${defaultBranch}`)
  }
  elsewhere((clone) => {
    writeFileSync(join(clone, 'README'), 'first\n')
    writeFileSync(join(clone, '.gitignore'), 'build/\n')
    gitIn(clone, 'add', '.')
    gitIn(clone, 'commit', '--quiet', '--message', 'first')
  })
  mkdirSync(dirname(repository), {recursive: true})
  gitIn(box.dir, 'clone', '--quiet', ...(kind === 'bare' ? ['--bare'] : []), origin, repository)
  gitIn(repository, 'config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
  gitIn(repository, 'fetch', '--quiet', 'origin')
  gitIn(repository, 'worktree', 'add', '--quiet', '-b', branch, path, `origin/${defaultBranch}`)
  const git = (...args: string[]) => gitIn(path, ...args)
  const write = (file: string, text: string) => {
    const target = join(path, file)
    mkdirSync(dirname(target), {recursive: true})
    writeFileSync(target, text)
    return target
  }
  const commit = (file: string, text = `${file}\n`) => {
    write(file, text)
    git('add', '--', file)
    git('commit', '--quiet', '--message', `add ${file}`)
    return git('rev-parse', 'HEAD')
  }
  return {box, origin, repository, path, branch, git, gitIn, write, commit, elsewhere}
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'worker',
  GIT_AUTHOR_EMAIL: 'worker@example.com',
  GIT_COMMITTER_NAME: 'worker',
  GIT_COMMITTER_EMAIL: 'worker@example.com',
}

export function requestFor(worker: Worker, changes: Partial<GateRequest> = {}): GateRequest {
  return {
    git: unattendedGit(worker.box.env),
    path: worker.path,
    remote: 'origin',
    timeoutMs: 20_000,
    mergeRequest: 'none',
    callerDirectory: worker.box.dir,
    runtimePaths: ['.runtime/'],
    ...changes,
  }
}

export const gate = (worker: Worker, changes: Partial<GateRequest> = {}) =>
  lookThroughGate(requestFor(worker, changes))
