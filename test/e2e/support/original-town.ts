import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {type CliResult, gt} from '../../support/cli.js'
import {type Sandbox, sandbox} from '../../support/sandbox.js'
import {fixtureAgent, useAgents, writeJson} from '../../support/town.js'

const IDENTITY = {
  GIT_AUTHOR_NAME: 'tester',
  GIT_AUTHOR_EMAIL: 'tester@example.com',
  GIT_COMMITTER_NAME: 'tester',
  GIT_COMMITTER_EMAIL: 'tester@example.com',
}

/** A town as the original lays it out, of which gt knows nothing but that. */
export interface OriginalTown {
  box: Sandbox
  cwd: string
  rig: string
  git(cwd: string, ...args: string[]): string
  run(...args: string[]): Promise<CliResult>
  /** A worker's worktree: below a folder with its name, or that folder itself in the older layout. */
  worktree(name: string, layout?: 'new' | 'old'): string
  /** Starts a program in a session as the original does: plain tmux, and what it sets for a worker. */
  session(sessionName: string, worker: string, cwd: string, command: string): void
  /** A bd that prints these beads. */
  beads(list: readonly Record<string, unknown>[]): void
}

export function originalTown(patrol: Record<string, unknown>): OriginalTown {
  const box = sandbox()
  const cwd = join(box.dir, 'gt')
  const rig = join(cwd, 'alpha')
  const programs = join(box.dir, 'programs')
  const env = {...box.env, ...IDENTITY, BD_FIXTURE: join(box.dir, 'bd'), PATH: `${programs}:${box.env.PATH}`}
  for (const folder of [
    'mayor',
    'settings',
    'deacon',
    'alpha/mayor',
    'alpha/witness',
    'alpha/refinery',
    'alpha/crew/max',
    'alpha/settings',
    'alpha/polecats',
  ]) {
    mkdirSync(join(cwd, folder), {recursive: true})
  }
  for (const folder of [programs, env.BD_FIXTURE]) mkdirSync(folder)
  const git = (at: string, ...args: string[]) =>
    execFileSync('git', args, {cwd: at, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}).trim()
  const origin = makeOrigin(box.dir, rig, git)
  writeFiles(cwd, origin, patrol)
  return {
    box,
    cwd,
    rig,
    git,
    run: (...args) => gt(args, {cwd, env}),
    worktree(name, layout = 'new') {
      const path = layout === 'new' ? join(rig, 'polecats', name, 'alpha') : join(rig, 'polecats', name)
      const repository = join(rig, layout === 'new' ? '.repo.git' : 'mayor/rig')
      git(repository, 'worktree', 'add', '--quiet', '-b', `polecat/${name}-mk0001`, path, 'origin/main')
      return path
    },
    session(sessionName, worker, at, command) {
      const own = {
        BD_ACTOR: `alpha/polecats/${worker}`,
        GIT_AUTHOR_NAME: worker,
        GT_POLECAT: worker,
        GT_RIG: 'alpha',
        GT_ROLE: 'polecat',
        GT_ROOT: cwd,
      }
      box.tmux('new-session', '-d', '-s', sessionName, '-c', at, command)
      // After its start: so the first versions did.
      for (const [name, value] of Object.entries(own)) {
        box.tmux('set-environment', '-t', `=${sessionName}`, name, value)
      }
    },
    beads(list) {
      writeFileSync(join(env.BD_FIXTURE, 'list'), JSON.stringify(list))
      const fixture = new URL('../../fixtures/bd/bd', import.meta.url).pathname
      writeFileSync(join(programs, 'bd'), `#!/bin/sh\nexec '${fixture}' "$@"\n`)
      chmodSync(join(programs, 'bd'), 0o755)
    },
  }
}

/** The origin, a bare repository of the rig, and the mayor's clone with the beads. */
function makeOrigin(dir: string, rig: string, git: OriginalTown['git']): string {
  const origin = join(dir, 'origin.git')
  const clone = join(rig, 'mayor/rig')
  git(dir, 'init', '--quiet', '--bare', '--initial-branch=main', origin)
  git(dir, 'clone', '--quiet', origin, clone)
  writeFileSync(join(clone, 'README'), 'first\n')
  git(clone, 'add', '.')
  git(clone, 'commit', '--quiet', '--message', 'first')
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
  const repository = join(rig, '.repo.git')
  git(dir, 'clone', '--quiet', '--bare', origin, repository)
  git(repository, 'config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
  git(repository, 'fetch', '--quiet', 'origin')
  return origin
}

function writeFiles(cwd: string, origin: string, patrol: Record<string, unknown>): void {
  const created = '2026-01-20T12:00:00Z'
  writeJson(join(cwd, 'mayor/town.json'), {type: 'town', version: 2, name: 'gt', created_at: created})
  const entry = {git_url: origin, added_at: created, beads: {repo: 'local', prefix: 'al'}}
  writeJson(join(cwd, 'mayor/rigs.json'), {version: 1, rigs: {alpha: entry}})
  const rig = {
    type: 'rig',
    version: 1,
    name: 'alpha',
    git_url: origin,
    created_at: created,
    beads: {prefix: 'al'},
  }
  writeJson(join(cwd, 'alpha/config.json'), rig)
  writeJson(join(cwd, 'alpha/settings/config.json'), {type: 'rig-settings', version: 1, patrol})
  useAgents(cwd, {echo: fixtureAgent('echo-agent', {ready_prompt_prefix: '> '})})
}

/** Gives the rig beads, in the mayor's clone, to which the rig's own folder points. */
export function useBeads({rig}: OriginalTown): void {
  mkdirSync(join(rig, '.beads'))
  writeFileSync(join(rig, '.beads/redirect'), 'mayor/rig/.beads\n')
  mkdirSync(join(rig, 'mayor/rig/.beads'))
  writeFileSync(join(rig, 'mayor/rig/.beads/issues.jsonl'), '')
}
