import {execFileSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  type AgentSettings,
  type AgentState,
  GtError,
  type Host,
  type HostEvent,
  type HostPatrol,
  type HostSessions,
  type Occupant,
  type Session,
  type StartOptions,
} from '@gtown/sdk'
import {silentGitProgress} from '@gtown/sdk/commands'
import {type Git, unattendedGit} from '@gtown/sdk/git'
import type {WorkerRecord, WorkerRef} from '@gtown/workers'
import {afterAll, beforeAll} from 'vitest'
import {closeSandbox, openSandbox, type Sandbox, sandbox} from '../../../../test/support/sandbox.js'
import type {SpawnRequest} from '../../src/prepare.js'
import {polecatRole} from '../../src/role.js'
import type {Services} from '../../src/services.js'

/** A rig with a bare repository and a bare origin with the branches main and develop; its git and its gate are real. */
export interface World {
  box: Sandbox
  /** Absolute paths. */
  rig: string
  repository: string
  origin: string
  services: Services
  /** What the host was told to do, in order. */
  calls: string[]
  warnings: string[]
  /** Sessions that run, by name; their liveness can be set. */
  sessions: Map<string, Session>
  /** Where the user stands, with which environment. */
  place: {cwd: string; env: Record<string, string>}
  /** The options of the last start. */
  started: {options?: StartOptions}
  /** What the settings files of the rig and its town say. */
  settings: AgentSettings[]
  /** Who stands in any sandbox. */
  occupants: Occupant[]
  /** The pids that the end of any session ends. */
  own: Set<number>
  /** What every agent that runs is doing. */
  agentState: AgentState
  /** What was appended to the town's logs. */
  events: HostEvent[]
  /** What the next start rejects with. */
  failStart: Error | undefined
  ref(name: string): WorkerRef
  request(name: string | undefined, more?: Partial<SpawnRequest>): SpawnRequest
  /** From now on git is asked through this. */
  intercept(through: (args: readonly string[], ask: () => ReturnType<Git>) => ReturnType<Git>): void
  git(cwd: string, ...args: string[]): string
  /** The worktree of a worker, and what is written and committed there. */
  path(name: string): string
  write(name: string, file: string, text?: string): void
  commit(name: string, file: string): string
  record(name: string): WorkerRecord
  /** Directories, files of state, worktrees and branches of workers. */
  traces(): string[]
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'tester',
  GIT_AUTHOR_EMAIL: 'tester@example.com',
  GIT_COMMITTER_NAME: 'tester',
  GIT_COMMITTER_EMAIL: 'tester@example.com',
}

export function makeWorld(): World {
  const box = sandbox()
  const root = join(box.dir, 'town')
  const [rig, origin] = [join(root, 'alpha'), join(box.dir, 'origin.git')]
  const repository = join(rig, '.repo.git')
  const git = gitIn(box)
  // To copy them takes far less time than to make them.
  cpSync(template.dir, box.dir, {recursive: true})
  const config = join(repository, 'config')
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll(template.dir, box.dir))
  const agentSettings = async () => world.settings
  const town = {root, realRoot: root, agentSettings}
  const workers = async () => list(join(rig, 'polecats')).filter((name) => !name.startsWith('.'))
  const rigRef = {town, rig: {name: 'alpha', path: rig, town, workers, agentSettings}}
  const path = (name: string) => join(rig, 'polecats', name, 'alpha')
  const write = (name: string, file: string, text = `${file}\n`) => {
    mkdirSync(join(path(name), file, '..'), {recursive: true})
    writeFileSync(join(path(name), file), text)
  }
  const run = unattendedGit({...box.env, ...IDENTITY})
  const world: World = {
    box,
    rig,
    repository,
    origin,
    services: {
      host: {} as Host,
      git: run,
      warn: (message) => void world.warnings.push(message),
      progress: silentGitProgress,
    },
    calls: [],
    warnings: [],
    sessions: new Map(),
    place: {cwd: root, env: {}},
    started: {},
    settings: [],
    occupants: [],
    own: new Set(),
    agentState: 'idle',
    events: [],
    failStart: undefined,
    ref: (name) => ({...rigRef, name}),
    request: (name, more = {}) => ({
      rig: rigRef,
      name,
      task: undefined,
      base: undefined,
      start: {timeoutMs: 1000},
      ...more,
    }),
    intercept(through) {
      world.services.git = (args, options) => through(args, () => run(args, options))
    },
    git,
    path,
    write,
    commit(name, file) {
      write(name, file)
      git(path(name), 'add', '--force', file)
      git(path(name), 'commit', '--quiet', '--message', `add ${file}`)
      return git(path(name), 'rev-parse', 'HEAD')
    },
    record: (name) => JSON.parse(readFileSync(join(rig, '.runtime/polecats', `${name}.json`), 'utf8')),
    traces: () =>
      [
        ...list(join(rig, 'polecats')),
        ...list(join(rig, '.runtime/polecats')),
        ...(git(repository, 'worktree', 'list', '--porcelain').match(/^worktree .*polecats.*$/gm) ?? []),
        ...git(repository, 'for-each-ref', '--format=%(refname)', 'refs/heads/polecat').split('\n'),
      ].filter((entry) => entry !== ''),
  }
  world.services.host = hostOf(world)
  return world
}

const list = (path: string) => (existsSync(path) ? readdirSync(path) : [])

let template: Sandbox
beforeAll(() => {
  template = openSandbox()
  makeRepositories(template.dir, gitIn(template))
})
afterAll(() => closeSandbox(template))

function gitIn({env}: Sandbox): World['git'] {
  return (cwd, ...args) =>
    execFileSync('git', args, {
      cwd,
      env: {...env, ...IDENTITY},
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
}

function makeRepositories(dir: string, git: World['git']): void {
  const [seed, origin, repository] = [
    join(dir, 'seed'),
    join(dir, 'origin.git'),
    join(dir, 'town/alpha/.repo.git'),
  ]
  git(dir, 'init', '--quiet', '--bare', '--initial-branch=main', origin)
  git(dir, 'clone', '--quiet', origin, seed)
  for (const branch of ['main', 'develop']) {
    git(seed, 'checkout', '--quiet', '-B', branch)
    writeFileSync(join(seed, branch), `${branch}\n`)
    git(seed, 'add', '.')
    git(seed, 'commit', '--quiet', '--message', branch)
  }
  git(seed, 'push', '--quiet', 'origin', 'main', 'develop')
  git(dir, 'clone', '--quiet', '--bare', origin, repository)
  git(repository, 'update-ref', '-d', 'refs/heads/develop')
  // A copy has it where it is.
  git(seed, 'remote', 'set-url', 'origin', '../origin.git')
}

/** A host whose sessions are in memory, and whose gate is the real one. */
function hostOf(world: World): Host {
  const nameOf = (ref: unknown) => polecatRole().sessionName(ref as WorkerRef)
  const host: Partial<Host> = {
    place: () => world.place,
    find: async () => {
      const {name: _, ...rig} = world.ref('')
      return rig
    },
    sessions: {
      async start(role, ref, options) {
        const name = nameOf(ref)
        world.calls.push(`start ${name}`)
        world.started = {options}
        options.signal?.throwIfAborted()
        const running = world.sessions.get(name)
        if (running) return {outcome: 'already_running', session: running}
        if (world.failStart) throw world.failStart
        const labels = {role: role.name, name: ref.name ?? ''}
        const session = {name, liveness: 'alive', labels, attached: 0} as unknown as Session
        world.sessions.set(name, session)
        return {outcome: 'started', session, agent: 'echo', isFallback: false}
      },
      async stop(_, ref) {
        const sessionName = nameOf(ref)
        world.calls.push(`stop ${sessionName}`)
        return {outcome: world.sessions.delete(sessionName) ? 'stopped' : 'not_running', sessionName}
      },
      async status(_, ref) {
        const sessionName = nameOf(ref)
        const session = world.sessions.get(sessionName)
        if (session?.liveness === 'unknown') throw new GtError('no answer', {code: 'BACKEND_UNAVAILABLE'})
        const liveness = session?.liveness ?? 'absent'
        const evidence = {session: {value: session ? 'present' : 'absent', source: 'memory', at: 0}} as const
        const reading = liveness === 'alive' ? {state: world.agentState, evidence: []} : undefined
        return {
          sessionName,
          backend: 'memory',
          liveness,
          evidence,
          workers: [],
          ...(session && {session}),
          ...(reading && {reading}),
        }
      },
      processesOf: async () => world.own,
      list: async () => [...world.sessions.values()],
    } as Partial<HostSessions> as HostSessions,
    workers: {
      async processesIn() {
        world.calls.push('processes')
        return world.occupants
      },
    },
    patrol: {
      read: async () => ({standing: 'operational', intervalMs: 30_000, keepRemovedDays: 14}),
    } as Partial<HostPatrol> as HostPatrol,
    events: {
      async append(_, __, event) {
        world.events.push(event)
      },
    },
  }
  return host as Host
}
