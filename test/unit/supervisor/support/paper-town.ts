import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {
  type AgentEntry,
  ErrorCode,
  GtError,
  type Key,
  type RigRef,
  type Session,
  type SessionBackend,
  type SessionHandle,
  type SessionSpec,
  sessionExists,
} from '@gtown/sdk'
import {witness} from '../../../../src/roles/witness.js'
import {agentOf} from '../../../../src/supervisor/agent-ref.js'
import type {Services} from '../../../../src/supervisor/services.js'
import {recordFile, type SessionRecord} from '../../../../src/supervisor/session-record/read.js'
import {paperTimer} from '../../../support/paper-timer.js'
import {alphaRef, aSession} from '../../../support/refs.js'
import {sandbox} from '../../../support/sandbox.js'

export const NAME = 'gt-alpha-witness'

/** A backend on paper, with sessions that live and end as a test says. */
class PaperBackend {
  readonly sessions = new Map<string, Session>()
  /** What its screens show. */
  screen: readonly string[] = []
  /** What comes of a session that is started. */
  born: Partial<Session> = {}
  /** Runs before a step, and may throw. */
  before: (step: 'start' | 'stop' | 'inspect' | 'type') => void | Promise<void> = () => {}
  readonly local = false

  constructor(
    readonly name: string,
    readonly log: string[],
  ) {}

  /** Has a session of alpha's witness. */
  has(more: Partial<Session> = {}): Session {
    const session = aSession(more)
    this.sessions.set(session.name, session)
    return session
  }

  async start({name, labels}: SessionSpec): Promise<Session> {
    await this.before('start')
    if (this.sessions.has(name)) throw sessionExists(name)
    this.log.push(`start on ${this.name}`)
    return this.has({name, labels, incarnation: labels.incarnation ?? '', ...this.born})
  }

  async stop(
    {name, incarnation}: SessionHandle,
    {graceMs}: {graceMs: number},
  ): Promise<'stopped' | 'absent'> {
    this.log.push(`stop ${incarnation} on ${this.name} in ${graceMs} ms`)
    await this.before('stop')
    if (this.sessions.get(name)?.incarnation !== incarnation) return 'absent'
    this.sessions.delete(name)
    return 'stopped'
  }

  async inspect(name: string): Promise<Session | undefined> {
    await this.before('inspect')
    return this.sessions.get(name)
  }

  async list(): Promise<Session[]> {
    return [...this.sessions.values()]
  }

  async capture(): Promise<string[]> {
    return [...this.screen]
  }

  async environment(): Promise<Record<string, string>> {
    return {}
  }

  async type(_: SessionHandle, text: string): Promise<void> {
    await this.before('type')
    this.log.push(`type ${text.split(' ', 1)}`)
  }

  async press(_: SessionHandle, key: Key): Promise<void> {
    this.log.push(`press ${key}`)
    this.screen = [...this.screen, 'heard']
  }
}

/** A town on disk whose sessions are on paper: two backends, and an agent `mine` of which nothing is known. */
export function paperTown(entry: AgentEntry = {}) {
  const root = sandbox().dir
  const log: string[] = []
  const warnings: string[] = []
  const paper = new PaperBackend('paper', log)
  const stone = new PaperBackend('stone', log)
  const backends: Record<string, PaperBackend> = {paper, stone}
  const mine = {
    command: '/bin/cat',
    args: [],
    processNames: [],
    promptMode: 'arg',
    env: {},
    ...entry,
  } as const
  const settings = [{file: 'settings', agents: {mine}, roleAgents: {}, defaultAgent: 'mine'}]
  const {rig, town} = alphaRef(settings)
  const ourTown = {...town, root}
  const ref: RigRef = {town: ourTown, rig: {...rig, path: join(root, 'alpha'), town: ourTown}}
  mkdirSync(join(ref.rig.path, 'witness'), {recursive: true})
  const services: Services = {
    firstBackend: async () => paper as unknown as SessionBackend,
    backendNamed: async (name) => {
      const backend = backends[name]
      if (backend) return backend as unknown as SessionBackend
      throw new GtError(`there is no session backend '${name}'`, {code: ErrorCode.backendUnavailable})
    },
    usableBackends: async () => [paper, stone] as unknown as SessionBackend[],
    env: {},
    timer: paperTimer(),
    processState: () => 'running',
    identify: async (pid) => ({pid, start: `start of ${pid}`}) as never,
    runsUnder: async () => false,
    sessionProcesses: async () => new Set<number>(),
    endStrays: async (prefix) => {
      log.push(`end strays of ${prefix}`)
      return 0
    },
    runAgainOutside: async () => {
      log.push('run again outside')
      throw new GtError('run again', {code: 'OUTSIDE'})
    },
    warn: (message) => void warnings.push(message),
  }
  const agent = agentOf(witness, ref)
  const file = recordFile(agent)
  return {
    root,
    ref,
    log,
    warnings,
    paper,
    stone,
    services,
    file,
    /** The witness of its rig. */
    agent,
    /** What is kept of the session; undefined when there is nothing. */
    record(): SessionRecord | undefined {
      try {
        const {version: _, ...record} = JSON.parse(readFileSync(file, 'utf8'))
        return record
      } catch {
        return undefined
      }
    },
    keep(record: Partial<SessionRecord> | string): void {
      mkdirSync(dirname(file), {recursive: true})
      writeFileSync(file, typeof record === 'string' ? record : JSON.stringify({version: 1, ...record}))
    },
  }
}

export type PaperTown = ReturnType<typeof paperTown>
