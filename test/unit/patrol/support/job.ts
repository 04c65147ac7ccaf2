import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {
  ErrorCode,
  GtError,
  type RigRef,
  type Session,
  type SessionBackend,
  type TerminalView,
} from '@gtown/sdk'
import {unattendedGit} from '@gtown/sdk/git'
import {observeSandbox} from '../../../../packages/workers/src/observe-sandbox.js'
import {readRecord, recordFile} from '../../../../packages/workers/src/record.js'
import type {Job} from '../../../../src/patrol/act/job.js'
import type {Expectation} from '../../../../src/patrol/actions.js'
import type {FoundRig, FoundWorker} from '../../../../src/patrol/observe/observe-rig.js'
import type {PatrolServices} from '../../../../src/patrol/services.js'
import {sandbox} from '../../../support/sandbox.js'
import {polecat} from './patrol.js'

const HEAD = 'a'.repeat(40)

/** A worker whose files are real, on a backend that keeps its session in memory. */
export interface Desk {
  rig: string
  /** Its worktree. */
  path: string
  ref: RigRef
  services: PatrolServices
  backend: SessionBackend
  /** The sessions that there are; to be changed as others would. */
  sessions: Session[]
  dialog: Dialog
  /** What was done to sessions, in order. */
  deeds: string[]
  /** As a cycle found it, and what its actions then expect. */
  job(): Promise<{job: Job; expect: Expectation}>
  /** Changes the file of the worker; undefined removes a key. */
  note(changes: Record<string, unknown>): void
  /** Moves HEAD. */
  move(head: string): void
}

/** What a session shows: choices, of which one is marked. It obeys keys unless it is stuck. */
interface Dialog {
  question: string
  choices: string[]
  marked: number
  isStuck: boolean
}

const TRUST: Dialog = {
  question: 'Is this a project you created or one you trust?',
  choices: ['No, exit', 'Yes, I trust this folder'],
  marked: 0,
  isStuck: false,
}

export function sessionOf(more: Partial<Session> = {}): Session {
  return {
    name: 'gt-alpha-nux',
    id: '$1',
    incarnation: 's-1',
    pid: process.pid,
    createdAt: 1000,
    lastActivityAt: 1000,
    liveness: 'alive',
    attached: 0,
    stopping: false,
    labels: {
      role: 'polecat',
      rig: 'alpha',
      name: 'nux',
      kind: 'claude',
      agent_version: '2.1.330',
      dialogs: 'accepted',
    },
    ...more,
  }
}

export function makeDesk(): Desk {
  const box = sandbox()
  const town = join(box.dir, 'town')
  const rig = join(town, 'alpha')
  const path = join(rig, 'polecats/nux/alpha')
  layOutWorktree(path, join(rig, '.repo.git'))
  const file = recordFile({rig: {name: 'alpha', path: rig}, name: 'nux'})
  mkdirSync(join(rig, '.runtime/polecats'), {recursive: true})
  let content: Record<string, unknown> = {
    version: 1,
    name: 'nux',
    incarnation: 'i-1',
    task: null,
    branch: 'polecat/nux-m1',
    base: 'main',
    spawned_at: 1000,
  }
  const note = (changes: Record<string, unknown>) => {
    content = {...content, ...changes}
    writeFileSync(file, JSON.stringify(content))
  }
  note({})
  const townOf = {root: town, realRoot: town, agentSettings: async () => []}
  const ref: RigRef = {
    town: townOf,
    rig: {
      name: 'alpha',
      path: rig,
      town: townOf,
      agentSettings: async () => [],
      workers: async () => ['nux'],
    },
  }
  const labels = {...sessionOf().labels, town}
  const desk: Omit<Desk, 'backend' | 'services' | 'job'> = {
    rig,
    path,
    ref,
    sessions: [sessionOf({labels})],
    dialog: {...TRUST, choices: [...TRUST.choices]},
    deeds: [],
    note,
    move: (head) => writeFileSync(join(rig, '.repo.git/refs/heads/polecat/nux-m1'), `${head}\n`),
  }
  const backend = backendOf(desk)
  const services = {
    usableBackends: async () => [backend],
    env: box.env,
    processState: () => 'running',
    endStrays: async (prefix: string) => void desk.deeds.push(`end strays of ${prefix}`),
    processesIn: () => [],
    git: unattendedGit(box.env),
    clock: () => ({wallMs: Date.now(), monotonicMs: performance.now(), bootId: 'boot'}),
    callerDirectory: box.dir,
    warn: () => {},
    notify: async (command: readonly string[]) => void desk.deeds.push(`notify ${command[0]}`),
    startDispatcher: async () => {},
    random: () => 0,
    treeUsage: () => undefined,
    workSources: async () => [],
    readBeads: async () => ({is: 'unused'}),
    firstBackend: async () => backend,
    backendNamed: async () => backend,
  } as unknown as PatrolServices
  return {...desk, backend, services, job: () => jobOf({...desk, services})}
}

/** What a worktree consists of, as git leaves it. */
function layOutWorktree(path: string, repository: string): void {
  const own = join(repository, 'worktrees/alpha')
  for (const folder of [path, own, join(repository, 'refs/heads/polecat')])
    mkdirSync(folder, {recursive: true})
  writeFileSync(join(path, '.git'), `gitdir: ${own}\n`)
  writeFileSync(join(own, 'commondir'), '../..\n')
  writeFileSync(join(own, 'HEAD'), 'ref: refs/heads/polecat/nux-m1\n')
  writeFileSync(join(repository, 'refs/heads/polecat/nux-m1'), `${HEAD}\n`)
}

/** Obeys `seen` as a real one does, and knows only sessions that are there. */
function backendOf({sessions, dialog, deeds}: Pick<Desk, 'sessions' | 'dialog' | 'deeds'>): SessionBackend {
  const found = (session: Session) => {
    const now = sessions.find(({incarnation}) => incarnation === session.incarnation)
    if (!now) throw new GtError('the session has ended', {code: ErrorCode.sessionLost})
    return now
  }
  return {
    name: 'fake',
    local: false,
    list: async () => [...sessions],
    inspect: async (name: string) => {
      const session = sessions.find((one) => one.name === name)
      return session && {...session, view: drawn(dialog)}
    },
    view: async () => drawn(dialog),
    capture: async () => drawn(dialog).rows,
    async press(session: Session, key: string, {seen}: {seen?: TerminalView} = {}) {
      found(session)
      if (seen && seen.rows.join() !== drawn(dialog).rows.join())
        throw new GtError('the screen has changed', {code: ErrorCode.screenChanged})
      deeds.push(key)
      if (dialog.isStuck) return
      if (key === 'Enter') dialog.choices.length = 0
      else dialog.marked += {Down: 1, Up: -1}[key] ?? 0
    },
    async stop(session: Session) {
      sessions.splice(sessions.indexOf(found(session)), 1)
      deeds.push('stop')
      return 'stopped'
    },
  } as unknown as SessionBackend
}

/** As Claude Code draws it. */
function drawn({question, choices, marked}: Dialog): TerminalView {
  const list = choices.map(
    (label, index) => ` ${index === marked ? '\u001b[38;5;153m❯' : ' '}\u001b[39m ${label}`,
  )
  const styledRows = [
    '─'.repeat(80),
    ' Accessing workspace:',
    '',
    ` ${question}`,
    '',
    ...list,
    '',
    ' Enter to confirm · Esc to cancel',
  ]
  const rows = styledRows.map(stripVTControlCharacters)
  const cursor = {column: 1, row: 5 + marked, visible: false}
  return {
    at: 2000,
    columns: 80,
    rows,
    styledRows,
    cursor,
    title: '',
    command: '',
    alternateScreen: false,
    inMode: false,
  }
}

async function jobOf({
  services,
  ref,
  sessions,
}: Pick<Desk, 'services' | 'ref' | 'sessions'>): Promise<{job: Job; expect: Expectation}> {
  const worker = await workerOf(services, ref, sessions)
  const {life, head, incarnation} = worker.signals
  const session = life && {id: life.id, createdAt: life.createdAt}
  const job = {services, ref, worker, signal: new AbortController().signal}
  return {job, expect: {incarnation, session, head}}
}

async function workerOf(services: PatrolServices, ref: RigRef, sessions: Session[]): Promise<FoundWorker> {
  const read = await readRecord({...ref, name: 'nux'})
  const record = read.is === 'present' ? read.record : undefined
  const found = await observeSandbox(services.git, {...ref, name: 'nux'})
  const [session] = sessions
  const signals = polecat({
    incarnation: record?.incarnation,
    head: found.is === 'present' ? found.head : undefined,
    life: session && {...session, ageMs: 0, ours: true},
  })
  return {
    name: 'nux',
    record,
    sandbox: found,
    session: undefined,
    sessionName: 'gt-alpha-nux',
    signals,
    mail: {incarnation: null, word: null, plea: null},
    applied: [],
  }
}

/** The rig with this worker alone. */
export function rigOf({worker}: Job): FoundRig {
  return {workers: new Map([[worker.name, worker]])} as unknown as FoundRig
}

/** Takes the worktree away, and leaves its folder. */
export const loseWorktree = ({path}: Desk) => rmSync(path, {recursive: true})
