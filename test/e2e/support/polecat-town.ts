import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect} from 'vitest'
import {type CliResult, gt} from '../../support/cli.js'
import {type Sandbox, sandbox} from '../../support/sandbox.js'
import {fixtureAgent, useAgents, writeJson} from '../../support/town.js'

const IDENTITY = {
  GIT_AUTHOR_NAME: 'tester',
  GIT_AUTHOR_EMAIL: 'tester@example.com',
  GIT_COMMITTER_NAME: 'tester',
  GIT_COMMITTER_EMAIL: 'tester@example.com',
}

/** A town with the rig alpha, a clone of a real, bare origin with the branches main and develop. */
export interface PolecatTown {
  box: Sandbox
  env: Record<string, string>
  /** Absolute paths of the town, its rig, and the origin. */
  cwd: string
  rig: string
  origin: string
  /** Runs git; returns stdout without the last line's end. */
  git(cwd: string, ...args: string[]): string
  run(...args: string[]): Promise<CliResult>
  runIn(cwd: string, env: Record<string, string>, ...args: string[]): Promise<CliResult>
  json(...args: string[]): Promise<Record<string, unknown>>
  /** Writes a file in the sandbox of a worker and commits it; returns the commit. */
  commit(name: string, file: string): string
}

export interface TownOptions {
  agents?: Record<string, unknown>
  /** `original`: a clone with files in `mayor/rig`, as the original laid out rigs first. */
  layout?: 'ours' | 'original'
}

const prompted = {ready_prompt_prefix: '> '}
export const promptedAgent = (name: string) => fixtureAgent(name, prompted)

export async function polecatTown({agents, layout = 'ours'}: TownOptions = {}): Promise<PolecatTown> {
  const box = sandbox()
  const env = {...box.env, ...IDENTITY}
  const [origin, cwd] = [join(box.dir, 'origin.git'), join(box.dir, 'town')]
  const rig = join(cwd, 'alpha')
  const git = (at: string, ...args: string[]) =>
    execFileSync('git', args, {cwd: at, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}).trim()
  const runIn = (at: string, more: Record<string, string>, ...args: string[]) =>
    gt(args, {cwd: at, env: {...env, ...more}})
  const run = (...args: string[]) => runIn(cwd, {}, ...args)
  const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout)
  const commit = (name: string, file: string) => {
    const at = join(rig, 'polecats', name, 'alpha')
    writeFileSync(join(at, file), `${file}\n`)
    git(at, 'add', file)
    git(at, 'commit', '--quiet', '--message', `add ${file}`)
    return git(at, 'rev-parse', 'HEAD')
  }
  makeOrigin(box, origin, git)
  expect(await runIn(box.dir, {}, 'install', cwd)).toMatchObject({code: 0})
  if (layout === 'ours') expect(await run('rig', 'add', 'alpha', origin)).toMatchObject({code: 0})
  else makeOldRig(cwd, origin, git)
  useAgents(cwd, agents ?? {echo: promptedAgent('echo-agent')})
  return {box, env, cwd, rig, origin, git, run, runIn, json, commit}
}

function makeOrigin(box: Sandbox, origin: string, git: PolecatTown['git']): void {
  const seed = join(box.dir, 'seed')
  git(box.dir, 'init', '--quiet', '--bare', '--initial-branch=main', origin)
  git(box.dir, 'clone', '--quiet', origin, seed)
  for (const branch of ['main', 'develop']) {
    git(seed, 'checkout', '--quiet', '-B', branch)
    writeFileSync(join(seed, branch), `${branch}\n`)
    git(seed, 'add', '.')
    git(seed, 'commit', '--quiet', '--message', branch)
    git(seed, 'push', '--quiet', 'origin', branch)
  }
}

/** A rig as the original laid it out before rigs had a bare repository. */
function makeOldRig(cwd: string, origin: string, git: PolecatTown['git']): void {
  mkdirSync(join(cwd, 'alpha/mayor'), {recursive: true})
  git(cwd, 'clone', '--quiet', origin, join(cwd, 'alpha/mayor/rig'))
  writeJson(join(cwd, 'mayor/rigs.json'), {version: 1, rigs: {alpha: {git_url: origin}}})
}

export const readRecord = ({rig}: PolecatTown, name: string) =>
  JSON.parse(readFileSync(join(rig, '.runtime/polecats', `${name}.json`), 'utf8'))

/** What is in the rig of its workers: directories, files of state, worktrees and branches. */
export function traces({rig, git}: PolecatTown): string[] {
  const list = (path: string) => (existsSync(path) ? readdirSync(path) : [])
  const repository = join(rig, '.repo.git')
  const worktrees =
    git(repository, 'worktree', 'list', '--porcelain').match(/^worktree .*polecats.*$/gm) ?? []
  return [
    ...list(join(rig, 'polecats')),
    ...list(join(rig, '.runtime/polecats')),
    ...worktrees,
    ...git(repository, 'for-each-ref', '--format=%(refname)', 'refs/heads/polecat').split('\n'),
  ].filter((entry) => entry !== '' && !entry.includes('.removed'))
}

/**
 * A git for PATH that runs a script of the shell before it hands on calls whose words begin so. `$REAL` is the true
 * git, `$PPID` whoever called.
 */
export function gitThat(town: PolecatTown, words: string, script: string): Record<string, string> {
  const real = execFileSync('/bin/sh', ['-c', 'command -v git'], {encoding: 'utf8'}).trim()
  const folder = join(town.box.dir, 'shim')
  mkdirSync(folder, {recursive: true})
  const file = join(folder, 'git')
  writeFileSync(
    file,
    `#!/bin/sh\nREAL='${real}'\ncase "$*" in\n'${words}'*|--git-dir=*' ${words}'*)\n${script}\n;;\nesac\nexec "$REAL" "$@"\n`,
  )
  chmodSync(file, 0o755)
  return {PATH: `${folder}:${town.env.PATH}`}
}

/** Expects exit code 1, and that sentence on stderr, with no stack below it. */
export function expectFailure(result: CliResult, message: string | RegExp): void {
  const [line = '', ...rest] = result.stderr.trim().split('\n')
  expect({code: result.code, line}).toEqual({code: 1, line: expect.stringMatching(message)})
  expect(rest.join('\n')).not.toMatch(/^\s+at /m)
}
