import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {RoleDefinition, StartOptions} from '@gtown/sdk'
import {expect} from 'vitest'
import {polecatRole} from '../../../../packages/plugin-polecat/src/role.js'
import {agentOf} from '../../../../src/supervisor/agent-ref.js'
import {start} from '../../../../src/supervisor/start.js'
import {until} from '../../../support/until.js'
import type {World} from './world.js'

/** A worker of the rig, in a real worktree and a real session. */
export interface Polecat {
  name: string
  /** Its worktree. */
  path: string
  branch: string
  session: string
  /** Where its agent keeps account. */
  log: string
  git(...args: string[]): string
  write(file: string, text?: string): void
  /** Sets when a file was changed. */
  touch(file: string, at: Date): void
  /** Writes a file and commits it; returns the commit. */
  commit(file: string): string
  push(): void
  /** Changes the file of the worker. */
  note(changes: Record<string, unknown>): void
  /** Starts its agent, and waits until that has drawn its prompt. */
  start(agent?: string, more?: Partial<StartOptions>): Promise<void>
  /** Kills its agent. */
  kill(): Promise<void>
  /** Shows its session in a terminal. */
  watch(): Promise<void>
  /** Takes its session away, and waits until the agent has ended, too. */
  loseSession(): Promise<void>
  /** Tells its agent what to do: see careful-agent. */
  tell(order: string): Promise<void>
  /** What its agent was given. */
  submitted(): string[]
  /** Removes its file. */
  forget(): void
  isThere(): boolean
  /** True when a session of it exists. */
  runs(): Promise<boolean>
}

export function makePolecat(world: World, name: string, more: Record<string, unknown> = {}): Polecat {
  const {rig, box, ref} = world
  const path = join(rig, 'polecats', name, 'alpha')
  const branch = `polecat/${name}-m1`
  const log = join(box.dir, 'log', name)
  mkdirSync(log, {recursive: true})
  world.git(join(rig, '.repo.git'), 'worktree', 'add', '--quiet', '-b', branch, path, 'origin/main')
  const file = join(rig, '.runtime/polecats', `${name}.json`)
  mkdirSync(dirname(file), {recursive: true})
  let content: Record<string, unknown> = {
    version: 1,
    name,
    incarnation: `${name}-1`,
    task: 'paint the shed',
    branch,
    base: 'main',
    spawned_at: new Date().toISOString(),
  }
  const note = (changes: Record<string, unknown>) => {
    content = {...content, ...changes}
    writeFileSync(file, JSON.stringify(content))
  }
  note(more)
  const git = (...args: string[]) => world.git(path, ...args)
  const runs = async () => (await world.backend.inspect(`gt-alpha-${name}`))?.liveness === 'alive'
  const write = (to: string, text = `${to}\n`) => writeFileSync(join(path, to), text)
  const lines = (of: string): string[] =>
    existsSync(join(log, of)) ? readFileSync(join(log, of), 'utf8').trim().split('\n') : []
  return {
    name,
    path,
    branch,
    session: `gt-alpha-${name}`,
    log,
    git,
    write,
    note,
    touch: (to, at) => utimesSync(join(path, to), at, at),
    commit(to) {
      write(to)
      git('add', '--', to)
      git('commit', '--quiet', '--message', `add ${to}`)
      return git('rev-parse', 'HEAD')
    },
    push: () => void git('push', '--quiet', 'origin', branch),
    async start(agent = 'careful', options = {}) {
      const role = {...(polecatRole() as RoleDefinition), startupMessages: () => []}
      const given = {timeoutMs: 20_000, env: {AGENT_LOG: log}, agent, ...options}
      const {outcome} = await start(world.services, agentOf(role, {...ref, name}), given)
      expect(outcome).toBe('started')
      if (agent !== 'spinning') await until(`the prompt of ${name}`, () => existsSync(join(log, 'ready')))
    },
    async kill() {
      const session = await world.backend.inspect(`gt-alpha-${name}`)
      process.kill(session?.pid ?? Number.NaN, 'SIGKILL')
      await until(`${name} to be dead`, async () => !(await runs()))
    },
    async watch() {
      // The pane of another tmux server is that terminal.
      const attach = ['env', '-u', 'TMUX', 'tmux', '-L', 'default', 'attach', '-t', `=gt-alpha-${name}:`]
      execFileSync('tmux', ['-L', 'terminal', 'new-session', '-d', ...attach], {env: box.env})
      await until(
        'a terminal to show it',
        async () => (await world.backend.inspect(`gt-alpha-${name}`))?.attached,
      )
    },
    async loseSession() {
      const pid = (await world.backend.inspect(`gt-alpha-${name}`))?.pid ?? Number.NaN
      box.tmux('kill-session', '-t', `=gt-alpha-${name}`)
      // Until then it outlives its session.
      await until(`${name} to end`, () => world.services.processState(pid) !== 'running')
    },
    async tell(order) {
      const before = lines('obeyed').length
      writeFileSync(join(log, 'do'), `${order}\n`)
      await until(`${name} to obey`, () => lines('obeyed').length > before)
    },
    submitted: () => lines('submitted').map((line) => JSON.parse(line)),
    forget: () => rmSync(file),
    isThere: () => existsSync(join(path, '.git')),
    runs,
  }
}
