import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {identify, killer, processesIn, runsUnder, treeUsage} from '@gtown/process'
import {processState} from '@gtown/process/state'
import type {AgentSettings, RigRef, SessionBackend, WorkSource} from '@gtown/sdk'
import {unattendedGit} from '@gtown/sdk/git'
import {listPolecats} from '../../../../packages/plugin-rigs/src/polecats.js'
import {createTmuxBackend} from '../../../../packages/plugin-tmux/src/backend.js'
import {type Bd, BeadsReader} from '../../../../src/beads/reader.js'
import {endStrays} from '../../../../src/host/end-strays.js'
import {notifyProgram} from '../../../../src/host/notify-program.js'
import {runBd} from '../../../../src/host/run-bd.js'
import {openPatrol, type Patrol, runCycle} from '../../../../src/patrol/cycle.js'
import type {CycleReport} from '../../../../src/patrol/report/report.js'
import type {PatrolServices} from '../../../../src/patrol/services.js'
import {type Sandbox, sandbox} from '../../../support/sandbox.js'
import {copyInto} from '../../../support/template.js'
import {agentsOf, install, layOut, makeOrigin} from './layout.js'
import {makePolecat, type Polecat} from './polecat.js'

export type {Polecat} from './polecat.js'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

const IDENTITY = {
  GIT_AUTHOR_NAME: 'worker',
  GIT_AUTHOR_EMAIL: 'worker@example.com',
  GIT_COMMITTER_NAME: 'worker',
  GIT_COMMITTER_EMAIL: 'worker@example.com',
}

export interface World {
  box: Sandbox
  town: string
  rig: string
  origin: string
  ref: RigRef
  services: PatrolServices
  backend: SessionBackend
  /** What the settings say, and what plugins know; read anew in every cycle. */
  settings: {patrol?: Record<string, unknown>; escalate?: unknown}
  works: WorkSource[]
  warnings: string[]
  /** The disk of the rig, in bytes. */
  disk: {total: number; free: number}
  /** What bd is, for rigs with beads. */
  bd: Bd
  /** Runs when a cycle has looked and decided, before it does anything. */
  beforeActing: (() => unknown) | undefined
  polecat(name: string, more?: Record<string, unknown>): Polecat
  /** One cycle, so long after the one before. */
  cycle(afterMs?: number): Promise<CycleReport>
  dryRun(afterMs?: number): Promise<CycleReport>
  /** A patrol that was started anew: what it kept in memory is gone. */
  restartPatrol(): void
  /** Sets the clock on the wall, while no time passes. */
  jump(ms: number): void
  git(cwd: string, ...args: string[]): string
  /** The incidents that the command of the settings was told. */
  incidents(): Record<string, unknown>[]
}

/** A rig with a bare origin, whose patrol runs on a clock that the test moves. Everything else is real. */
export function makeWorld(): World {
  const box = sandbox()
  const town = join(box.dir, 'town')
  const rig = join(town, 'alpha')
  const origin = join(box.dir, 'origin.git')
  for (const folder of ['mayor', 'alpha/polecats', 'alpha/witness'])
    mkdirSync(join(town, folder), {recursive: true})
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd,
      env: {...box.env, ...IDENTITY},
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  copyInto(box.dir, 'rig', (dir) => makeOrigin(dir, git))
  layOut(town)
  const installed = install(box.dir)
  const backend = createTmuxBackend({killer, env: box.env})
  const settings: World['settings'] = {}
  const works: WorkSource[] = []
  const warnings: string[] = []
  const offset = {passed: 0, jumped: 0}
  const agentSettings = async (): Promise<AgentSettings[]> => [
    {
      file: join(rig, 'settings/config.json'),
      agents: agentsOf(installed, join(box.dir, 'log', 'restarted')),
      roleAgents: {},
      defaultAgent: 'careful',
      ...settings,
    },
  ]
  const townOf = {root: town, realRoot: town, agentSettings}
  const ref: RigRef = {
    town: townOf,
    rig: {name: 'alpha', path: rig, town: townOf, agentSettings, workers: () => listPolecats(rig)},
  }
  const beads = new BeadsReader((args, where) => world.bd(args, where))
  let lists = 0
  const services: PatrolServices = {
    firstBackend: async () => backend,
    backendNamed: async () => backend,
    // The first is the look; the second comes right before something is done.
    usableBackends: async () => {
      if (++lists === 2) await world.beforeActing?.()
      return [backend]
    },
    env: box.env,
    processState,
    identify: async (pid) => identify(pid),
    runsUnder: async (pid) => runsUnder(pid),
    diskSpace: async () => world.disk,
    sessionProcesses: async () => new Set<number>(),
    endStrays,
    runAgainOutside: () => Promise.reject(new Error('no patrol runs inside a worker')),
    warn: (message) => warnings.push(message),
    startDispatcher: async () => {},
    git: unattendedGit(box.env),
    clock: () => ({
      wallMs: Date.now() + offset.passed + offset.jumped,
      monotonicMs: performance.now() + offset.passed,
      bootId: 'boot',
    }),
    random: () => 0,
    treeUsage,
    processesIn,
    workSources: async () => works,
    readBeads: (rig) => beads.read(rig),
    notify: notifyProgram,
    callerDirectory: box.dir,
  }
  let patrol: Patrol = openPatrol(services, ref)
  const run = async (afterMs: number, dryRun: boolean) => {
    offset.passed += afterMs
    lists = 0
    return await runCycle(patrol, {dryRun, signal: new AbortController().signal})
  }
  const told = join(box.dir, 'told')
  settings.escalate = {command: ['/bin/sh', '-c', 'cat >> "$0"; printf "\\0" >> "$0"', told]}
  const world: World = {
    box,
    town,
    rig,
    origin,
    ref,
    services,
    backend,
    settings,
    works,
    warnings,
    disk: {total: 100 * 1024 ** 3, free: 50 * 1024 ** 3},
    bd: runBd,
    beforeActing: undefined,
    polecat: (name, more) => makePolecat(world, name, more),
    cycle: (afterMs = 0) => run(afterMs, false),
    dryRun: (afterMs = 0) => run(afterMs, true),
    restartPatrol() {
      patrol = openPatrol(services, ref)
    },
    jump(ms) {
      offset.jumped += ms
    },
    git,
    incidents: () =>
      existsSync(told)
        ? readFileSync(told, 'utf8')
            .split('\0')
            .filter((text) => text !== '')
            .map((text) => JSON.parse(text))
        : [],
  }
  return world
}

/** From now on tmux lives on without sessions: two that begin within a second are told apart by the numbers it gives. */
export function keepServer({box}: World): void {
  box.tmux('set-option', '-g', 'exit-empty', 'off')
}

/** What was done for a worker in a cycle, without what is nothing: `nudge`, or `nudge refused`. */
export function doneFor(report: CycleReport, name: string): string[] {
  const polecat = report.polecats.find((one) => one.name === name)
  return (polecat?.actions ?? []).flatMap(({action: {kind}, outcome}) =>
    kind === 'none' ? [] : [outcome && outcome.is !== 'done' ? `${kind} ${outcome.is}` : kind],
  )
}

export function verdictOf(report: CycleReport, name: string): string | undefined {
  return report.polecats.find((one) => one.name === name)?.verdict
}
