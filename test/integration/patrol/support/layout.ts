import {chmodSync, copyFileSync, mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {AgentSettings} from '@gtown/sdk'

const program = new URL('../../../fixtures/agents/careful-agent.js', import.meta.url).pathname

/** Waits at its prompt as a shell does; one that is asked to end ends, so that no test waits for it. */
const SHELL = 'trap "exit 0" TERM; while printf "$ "; do read -r line; done'

type Git = (cwd: string, ...args: string[]) => string

/** What makes the folder a town to gt itself. */
export function layOut(town: string): void {
  const write = (file: string, value: unknown) => writeFileSync(join(town, file), JSON.stringify(value))
  write('mayor/town.json', {type: 'town', version: 2, name: 'town', created_at: '2026-01-20T12:00:00Z'})
  const alpha = {git_url: join(dirname(town), 'origin.git'), added_at: '2026-01-20T12:00:00Z'}
  write('mayor/rigs.json', {version: 1, rigs: {alpha}})
}

/** The origin with a first commit, a clone of it, and the repository of the rig. */
export function makeOrigin(dir: string, git: Git): void {
  const [origin, clone, repository] = ['origin.git', 'first', 'town/alpha/.repo.git'].map((place) =>
    join(dir, place),
  ) as [string, string, string]
  git(dir, 'init', '--quiet', '--bare', '--template=', '--initial-branch=main', origin)
  git(dir, 'clone', '--quiet', '--template=', origin, clone)
  writeFileSync(join(clone, 'README'), 'first\n')
  git(clone, 'add', '.')
  git(clone, 'commit', '--quiet', '--message', 'first')
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
  git(dir, 'clone', '--quiet', '--template=', '--bare', origin, repository)
  git(repository, 'config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
  git(repository, 'fetch', '--quiet', 'origin')
}

/** The agent in a folder of its own: where a program is installed says which version it is. */
export function install(dir: string): string {
  const folder = join(dir, 'agent')
  mkdirSync(folder)
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({name: 'careful-agent', version: '2.1.330', type: 'module'}),
  )
  copyFileSync(program, join(folder, 'careful-agent.js'))
  chmodSync(join(folder, 'careful-agent.js'), 0o755)
  return join(folder, 'careful-agent.js')
}

export function agentsOf(command: string, log: string): AgentSettings['agents'] {
  const careful = {
    command,
    args: [],
    kind: 'claude',
    // What it is to do nobody types: that takes seconds.
    promptMode: 'silent' as const,
    env: {AGENT_LOG: log, AGENT_LOOK: 'claude'},
  }
  const fixture = (name: string) => ({
    command: process.execPath,
    args: [new URL(`../../../fixtures/agents/${name}.js`, import.meta.url).pathname],
    promptMode: 'silent' as const,
  })
  return {
    careful,
    // Is told what to do as it starts.
    told: {...careful, promptMode: 'none' as const},
    // Asks first whether it may trust the folder.
    asking: {...careful, env: {...careful.env, AGENT_START: 'folder'}},
    // In a shell that stays when its agent has ended.
    wrapped: {...careful, command: '/bin/bash', args: ['-c', `${command}; exec /bin/sh -c '${SHELL}'`]},
    spinning: fixture('spinning-agent'),
  }
}
