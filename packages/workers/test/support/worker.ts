import {execFileSync} from 'node:child_process'
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {unattendedGit} from '@gtown/sdk/git'
import {type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import {copyInto} from '../../../../test/support/template.js'
import {type GateRequest, lookThroughGate} from '../../src/removal-gate/gate.js'

/** A rig with a real origin and one worker in a worktree, inside the test's sandbox. */
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
  /** Adds another worktree of the repository, on a new branch that begins from a commit. */
  addWorktree(path: string, start: {branch: string; from: string}): void
  /** Commits on the origin's default branch, as somebody else; `change` works in a clone of it. */
  elsewhere(change: (clone: string) => void): void
}

export interface WorkerOptions {
  defaultBranch?: string
  /** `clone`: the worktree belongs to a clone with files of its own, as in the old layout. */
  repository?: 'bare' | 'clone'
  /** `reftable` needs git 2.45. */
  refs?: 'files' | 'reftable'
}

export function makeWorker({
  defaultBranch = 'main',
  repository: kind = 'bare',
  refs = 'files',
}: WorkerOptions = {}): Worker {
  const box = sandbox()
  const env = {...box.env, ...IDENTITY, GIT_DEFAULT_REF_FORMAT: refs}
  const gitIn = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  const {origin, repository, path} = placesIn(box.dir, kind)
  const elsewhere = (change: (clone: string) => void) => {
    const clone = join(box.dir, 'elsewhere')
    rmSync(clone, {recursive: true, force: true})
    gitIn(box.dir, 'clone', '--quiet', '--template=', origin, clone)
    change(clone)
    gitIn(clone, 'push', '--quiet', 'origin', `HEAD:${defaultBranch}`)
  }
  copyInto(box.dir, `${defaultBranch} ${kind} ${refs}`, (dir) => makeRig(dir, {defaultBranch, kind, gitIn}))
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
  const addWorktree: Worker['addWorktree'] = (where, start) =>
    void gitIn(repository, 'worktree', 'add', '--quiet', '-b', start.branch, where, start.from)
  return {box, origin, repository, path, branch: BRANCH, git, gitIn, write, commit, addWorktree, elsewhere}
}

const BRANCH = 'polecat/nux-m1'

type Kind = NonNullable<WorkerOptions['repository']>

const placesIn = (dir: string, kind: Kind) => ({
  origin: join(dir, 'origin.git'),
  repository: join(dir, 'rig', kind === 'bare' ? '.repo.git' : 'mayor/rig'),
  path: join(dir, 'rig/polecats/nux/rig'),
})

/** The origin with a first commit, the repository of the rig, and the worktree. */
function makeRig(
  dir: string,
  {defaultBranch, kind, gitIn}: {defaultBranch: string; kind: Kind; gitIn: Worker['gitIn']},
): void {
  const {origin, repository, path} = placesIn(dir, kind)
  gitIn(dir, 'init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, origin)
  mkdirSync(dirname(repository), {recursive: true})
  const first = join(dir, 'elsewhere')
  gitIn(dir, 'clone', '--quiet', '--template=', origin, first)
  writeFileSync(join(first, 'README'), 'first\n')
  writeFileSync(join(first, '.gitignore'), 'build/\n')
  gitIn(first, 'add', '.')
  gitIn(first, 'commit', '--quiet', '--message', 'first')
  gitIn(first, 'push', '--quiet', 'origin', `HEAD:${defaultBranch}`)
  rmSync(first, {recursive: true})
  const bare = kind === 'bare' ? ['--bare'] : []
  gitIn(dir, 'clone', '--quiet', '--template=', ...bare, origin, repository)
  gitIn(repository, 'config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
  gitIn(repository, 'fetch', '--quiet', 'origin')
  gitIn(repository, 'worktree', 'add', '--quiet', '-b', BRANCH, path, `origin/${defaultBranch}`)
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
    ...changes,
  }
}

export const gate = (worker: Worker, changes: Partial<GateRequest> = {}) =>
  lookThroughGate(requestFor(worker, changes))
