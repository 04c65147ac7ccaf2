// The patrol's signals: failed reads are unknown, and nothing foreign is taken for the worker's.
import {mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {GtError, type Session, type WorkSource} from '@gtown/sdk'
import type {RecordRead, WorkerRecord} from '@gtown/workers'
import {describe, expect, it} from 'vitest'
import {lastFileChange, observeSandbox} from '../../../packages/workers/src/observe-sandbox.js'
import {readRecord, recordFile} from '../../../packages/workers/src/record.js'
import type {LastReport} from '../../../src/patrol/mail/mail-memory.js'
import type {PatrolState} from '../../../src/patrol/memory/memory.js'
import {type AgentSignals, observeAgent} from '../../../src/patrol/observe/agent.js'
import {readHeartbeat} from '../../../src/patrol/observe/heartbeat.js'
import {observeRig} from '../../../src/patrol/observe/observe-rig.js'
import {findSession, listSessions, type SessionObservation} from '../../../src/patrol/observe/sessions.js'
import {
  noteSnapshot,
  recallSnapshots,
  type Snapshots,
  stillSeen,
} from '../../../src/patrol/observe/snapshots.js'
import {findWork} from '../../../src/patrol/observe/work.js'
import {doneIntent, quietSince, sandboxSignal, stuck} from '../../../src/patrol/observe/worker-signals.js'
import type {ProcessUsage} from '../../../src/patrol/services.js'
import {type Desk, makeDesk, sessionOf} from './support/job.js'
import {HOUR, MINUTE} from './support/patrol.js'

const NOW = 1_700_000_000_000

const silent = () => Promise.reject(new GtError('no server', {code: 'BACKEND_UNAVAILABLE'}))

const first = ({sessions}: Desk) => sessions[0] as Session

describe('the session of a worker', () => {
  const look = async ({services, ref}: Desk, worker = 'nux') =>
    await findSession(services, ref, worker, await listSessions(services))

  it.each<[string, (desk: Desk) => Record<string, string>, string]>([
    ['of this town, rig and name', () => ({}), 'found'],
    ['of another town', () => ({town: '/elsewhere'}), 'absent'],
    ['of another rig', () => ({rig: 'beta'}), 'absent'],
    ['of another worker', () => ({name: 'toast'}), 'absent'],
    ['of the witness', () => ({role: 'witness'}), 'absent'],
  ])('Its labels are those %s', async (_, labels, is) => {
    const desk = makeDesk()
    const session = first(desk)
    desk.sessions[0] = {...session, name: 'some-name', labels: {...session.labels, ...labels(desk)}}
    expect((await look(desk)).is).toBe(is)
  })

  it('A foreign session has its name: unknown', async () => {
    const desk = makeDesk()
    desk.sessions[0] = sessionOf({labels: {}})
    expect(await look(desk)).toMatchObject({is: 'unknown', detail: /belongs to somebody else/})
  })

  it.each<[string, Record<string, string>, string]>([
    ['this worker', {}, 'found'],
    ['this worker, with the town as a link', {GT_ROOT: 'link'}, 'found'],
    ['another town', {GT_ROOT: '/elsewhere'}, 'unknown'],
    ['another rig', {GT_RIG: 'beta'}, 'unknown'],
    ['another worker', {GT_POLECAT: 'toast'}, 'unknown'],
  ])('Without labels, its environment names %s', async (_, env, is) => {
    const desk = makeDesk()
    symlinkSync(desk.ref.town.root, `${desk.ref.town.root}-link`)
    const {GT_ROOT} = env
    const root = GT_ROOT === 'link' ? `${desk.ref.town.root}-link` : (GT_ROOT ?? desk.ref.town.root)
    desk.sessions[0] = sessionOf({labels: {}})
    desk.backend.environment = async () => ({GT_RIG: 'alpha', GT_POLECAT: 'nux', ...env, GT_ROOT: root})
    expect((await look(desk)).is).toBe(is)
  })

  it('With labels of another town, its environment does not count', async () => {
    const desk = makeDesk()
    desk.sessions[0] = sessionOf({labels: {...first(desk).labels, town: '/elsewhere'}})
    desk.backend.environment = async () => ({GT_ROOT: desk.ref.town.root, GT_RIG: 'alpha', GT_POLECAT: 'nux'})
    expect((await look(desk)).is).toBe('unknown')
  })

  const record = ({ref}: Desk, backend: string) => {
    mkdirSync(join(ref.town.root, '.runtime/sessions'), {recursive: true})
    writeFileSync(
      join(ref.town.root, '.runtime/sessions/gt-alpha-nux.json'),
      JSON.stringify({version: 1, backend}),
    )
  }
  const other = (desk: Desk) => ({...desk.backend, name: 'other', list: silent})

  it.each<[string, (desk: Desk) => unknown, string]>([
    [
      'No backend can be used',
      ({services}) => Object.assign(services, {usableBackends: async () => []}),
      'unknown',
    ],
    ['The only backend gives no answer', ({backend}) => Object.assign(backend, {list: silent}), 'unknown'],
    [
      'One of two gives no answer',
      (desk) => Object.assign(desk.services, {usableBackends: async () => [desk.backend, other(desk)]}),
      'unknown',
    ],
    [
      'One of two gives no answer, and it ran on the other',
      (desk) => {
        record(desk, 'fake')
        Object.assign(desk.services, {usableBackends: async () => [desk.backend, other(desk)]})
      },
      'absent',
    ],
    [
      'One of two gives no answer, and it ran there',
      (desk) => {
        record(desk, 'other')
        Object.assign(desk.services, {usableBackends: async () => [desk.backend, other(desk)]})
      },
      'unknown',
    ],
  ])('%s', async (_, arrange, is) => {
    const desk = makeDesk()
    desk.sessions.pop()
    arrange(desk)
    expect((await look(desk)).is).toBe(is)
  })
})

describe('the agent of a session', () => {
  const see = async (
    desk: Desk,
    change: Partial<Session> = {},
    usage: Partial<ProcessUsage> = {ticks: 1, processes: 3, program: 'node'},
  ): Promise<AgentSignals> => {
    desk.sessions[0] = {...first(desk), ...change}
    const look = await findSession(desk.services, desk.ref, 'nux', await listSessions(desk.services))
    return await seen(desk, look, usage)
  }
  const seen = ({services}: Desk, look: SessionObservation, usage: Partial<ProcessUsage> = {}) =>
    observeAgent({
      services,
      look,
      usage: new Map([[process.pid, usage as ProcessUsage]]),
      snapshots: new Map(),
      fresh: new Map(),
      now: NOW,
    })
  const values = ({session, agent, state}: AgentSignals) => [session.value, agent.value, state.value]
  const SHELL = {ticks: 1, processes: 1, program: 'sh'}
  /** Shows the prompt of a shell. */
  const blank = (desk: Desk) => {
    const rows = ['$']
    const cursor = {column: 2, row: 0, visible: true}
    const {inspect} = desk.backend
    desk.backend.view = async () => {
      const {view} = (await inspect('gt-alpha-nux', {view: true})) ?? {}
      return {...(view as NonNullable<typeof view>), rows, styledRows: rows, cursor, command: 'sh'}
    }
    return desk
  }

  it.each<[string, Partial<Session>, unknown[]]>([
    ['lives', {}, ['live', 'alive', 'dialog']],
    ['has ended', {liveness: 'dead', exit: {code: 1}}, ['pane dead', 'gone', 'dead']],
    ['may live or not', {liveness: 'unknown'}, ['unknown', 'unknown', 'unknown']],
  ])('It %s', async (_, change, expected) => {
    expect(values(await see(makeDesk(), change))).toEqual(expected)
  })

  it.each([
    ['elsewhere', false, 'alive'],
    ['here', true, 'gone'],
  ])('Its process has ended, on a backend %s', async (_, local, agent) => {
    const desk = makeDesk()
    Object.assign(desk.backend, {local})
    desk.services.processState = () => 'ended'
    expect((await see(desk)).agent.value).toBe(agent)
  })

  it.each(['SESSION_LOST', 'BACKEND_UNAVAILABLE'])(
    'Its screen is gone by then (%s): nothing is known',
    async (code) => {
      const desk = makeDesk()
      desk.backend.view = () => Promise.reject(new GtError('no', {code}))
      expect(values(await see(desk))).toEqual(['unknown', 'unknown', 'unknown'])
    },
  )

  it.each<[string, (desk: Desk) => Promise<AgentSignals>, string]>([
    ['waits', (desk) => see(blank(desk), {}, SHELL), 'gone'],
    ['runs something', (desk) => see(blank(desk), {}, {...SHELL, processes: 2}), 'alive'],
    [
      'is the agent',
      (desk) => see(blank(desk), {labels: {...first(desk).labels, kind: 'bash'}}, SHELL),
      'alive',
    ],
    ['shows the screen of an agent', (desk) => see(desk, {}, SHELL), 'alive'],
  ])('A shell that %s', async (_, look, agent) => {
    expect((await look(makeDesk())).agent.value).toBe(agent)
  })

  it.each([
    ['allowed', {dialogs: 'accepted'}, true],
    ['not allowed', {dialogs: ''}, false],
  ])('A dialog whose answer is %s', async (_, labels, answerable) => {
    const desk = makeDesk()
    const signals = await see(desk, {labels: {...first(desk).labels, ...labels}})
    expect(signals.answerable).toBe(answerable)
  })

  it('A dialog without a known answer is not answerable', async () => {
    const desk = makeDesk()
    desk.dialog.question = 'Accept the terms?'
    expect((await see(desk)).answerable).toBe(false)
  })

  it.each<[string, 'running' | 'ended' | undefined, string | undefined, string]>([
    ['runs', 'running', '7', 'alive'],
    ['has ended', 'ended', '7', 'gone'],
    ['cannot be told', undefined, '7', 'gone'],
    ['is another one with its number', 'ended', undefined, 'gone'],
  ])('Without a session, the process that was its agent %s', async (_, state, start, agent) => {
    const desk = makeDesk()
    desk.services.processState = (pid, pidStart) => (pid === 4 && pidStart === '7' ? state : 'running')
    const record = {backend: 'fake', pid: 4, ...(start !== undefined && {pidStart: start})}
    expect((await seen(desk, {is: 'absent', record})).agent.value).toBe(agent)
  })

  it('A usage limit is over a minute after its stated end, relative to the last output', async () => {
    const desk = makeDesk()
    desk.dialog.question = "You've hit your session limit, try again in 1h"
    expect(await see(desk, {lastActivityAt: NOW - MINUTE / 2})).toMatchObject({
      state: {value: 'limit'},
      limitEndsInMs: HOUR + MINUTE / 2,
    })
  })
})

describe('a screen', () => {
  const session = sessionOf({lastActivityAt: NOW})
  const glance = (more = {}) => ({incarnation: 's-1', hash: 'h', at: NOW + 2001, view: VIEW, ...more})
  const VIEW = {styledRows: ['x'], at: NOW} as never

  it.each<[string, object, boolean]>([
    ['after the last change', {}, true],
    ['within the second of the last change', {at: NOW + 2000}, false],
    ['of another session', {incarnation: 's-0'}, false],
  ])('that was seen %s', (_, more, isSeen) => {
    const snapshots: Snapshots = new Map([[session.name, glance(more)]])
    expect(stillSeen(snapshots, session) !== undefined).toBe(isSeen)
  })

  it('is compared with one of the same session', () => {
    const snapshots: Snapshots = new Map([[session.name, glance({incarnation: 's-0'})]])
    expect(noteSnapshot(snapshots, session, VIEW).before).toBeUndefined()
    expect(noteSnapshot(snapshots, session, VIEW).before).toBeDefined()
  })

  it('of this patrol takes precedence over one of an earlier patrol', () => {
    const {ref} = makeDesk()
    const state = {
      polecats: {nux: {screen: {incarnation: 's-0', hash: 'old', at: 1}}},
    } as unknown as PatrolState
    const snapshots: Snapshots = new Map()
    recallSnapshots(snapshots, ref, state)
    expect(snapshots.get('gt-alpha-nux')?.hash).toBe('old')
    snapshots.set('gt-alpha-nux', glance())
    recallSnapshots(snapshots, ref, state)
    expect(snapshots.get('gt-alpha-nux')?.hash).toBe('h')
  })

  it.each([
    ['that stands still is no answer', 0, 'failed'],
    ['that changes is one', 1, 'answered'],
  ])('%s', async (_, changes, probe) => {
    const desk = makeDesk()
    const look = await findSession(desk.services, desk.ref, 'nux', await listSessions(desk.services))
    const query = {
      services: desk.services,
      look,
      usage: undefined,
      snapshots: new Map(),
      fresh: new Map(),
      now: NOW,
    }
    await observeAgent(query)
    desk.dialog.marked += changes
    Object.assign(first(desk), {lastActivityAt: NOW})
    expect((await observeAgent(query)).probe.value).toBe(probe)
  })
})

describe('files of a worker', () => {
  const put = (file: string, text: string) => {
    mkdirSync(join(file, '..'), {recursive: true})
    writeFileSync(file, text)
  }

  it.each<[string, string | undefined, object]>([
    [
      'of this session',
      JSON.stringify({timestamp: new Date(NOW).toISOString(), state: 'stuck'}),
      {heartbeat: {at: NOW, state: 'stuck', context: ''}},
    ],
    ['from before it', JSON.stringify({timestamp: new Date(NOW - 1).toISOString()}), {}],
    ['without a time', '{}', {unreadable: expect.any(String)}],
    ['that was cut', '{"timestamp', {unreadable: expect.any(String)}],
    ['that is not there', undefined, {}],
  ])('A sign of life %s', async (_, text, read) => {
    const {ref} = makeDesk()
    if (text) put(join(ref.town.root, '.runtime/heartbeats/gt-alpha-nux.json'), text)
    expect(await readHeartbeat(ref.town.root, 'gt-alpha-nux', NOW)).toEqual(read)
  })

  it.each<[string, Record<string, unknown>]>([
    ['of another worker', {name: 'toast'}],
    ['of another version', {version: 2}],
    ['whose end makes no sense', {done_at: 'soon'}],
    ['whose spawn makes no sense', {spawned_at: null}],
  ])('A file %s cannot be used', async (_, changes) => {
    const {ref, note} = makeDesk()
    note(changes)
    expect(await readRecord({...ref, name: 'nux'})).toEqual({is: 'unreadable', reason: expect.any(String)})
  })

  it.each<[string, (file: string) => void, object]>([
    ['is not there', (file) => rmSync(file), {is: 'absent'}],
    [
      'was cut',
      (file) => writeFileSync(file, '{'),
      {is: 'unreadable', reason: expect.stringMatching(/not JSON/)},
    ],
    [
      'is a folder',
      (file) => {
        rmSync(file)
        mkdirSync(file)
      },
      {is: 'unreadable', reason: expect.stringMatching(/^cannot read/)},
    ],
  ])('A file that %s', async (_, change, read) => {
    const place = {...makeDesk().ref, name: 'nux'}
    change(recordFile(place))
    expect(await readRecord(place)).toEqual(read)
  })

  const headless = ({rig, services}: Desk, text: string, answer = {code: 128, stdout: '', stderr: ''}) => {
    writeFileSync(join(rig, '.repo.git/refs/heads/polecat/nux-m1'), text)
    services.git = async () => answer
  }

  it.each<[string, (desk: Desk) => unknown, object]>([
    ['is there', () => {}, {is: 'present', branch: 'polecat/nux-m1', head: 'a'.repeat(40)}],
    ['is not there', ({rig}) => rmSync(join(rig, 'polecats/nux'), {recursive: true}), {is: 'absent'}],
    [
      'is a link',
      ({rig, ref}) => [
        renameSync(join(rig, 'polecats/nux'), join(ref.town.root, 'nux')),
        symlinkSync(join(ref.town.root, 'nux'), join(rig, 'polecats/nux')),
      ],
      {is: 'broken'},
    ],
    ['is an empty folder', ({path}) => rmSync(path, {recursive: true}), {is: 'absent'}],
    [
      'has hidden files only',
      ({path}) => {
        rmSync(path, {recursive: true})
        writeFileSync(join(path, '../.notes'), '')
      },
      {is: 'absent'},
    ],
    [
      'has files and no worktree',
      ({path}) => [rmSync(join(path, '.git')), writeFileSync(join(path, 'x'), '')],
      {is: 'broken'},
    ],
    ['is no worktree', ({path}) => writeFileSync(join(path, '.git'), 'x'), {is: 'broken'}],
    ['has a HEAD that git does not know either', (desk) => headless(desk, 'nonsense\n'), {is: 'broken'}],
    [
      'has a HEAD about which git fails, whatever it prints',
      (desk) => headless(desk, 'nonsense\n', {code: 128, stdout: 'HEAD^{commit}\n', stderr: ''}),
      {is: 'broken'},
    ],
    [
      'has a HEAD that git knows',
      (desk) => headless(desk, 'nonsense\n', {code: 0, stdout: 'c\n', stderr: ''}),
      {is: 'present', head: 'c'},
    ],
    [
      'cannot be asked about',
      (desk) => {
        headless(desk, 'nonsense\n')
        desk.services.git = () => Promise.reject(new GtError('git gave no answer', {code: 'GIT_TIMEOUT'}))
      },
      {is: 'unknown', detail: 'git gave no answer'},
    ],
  ])('A sandbox that %s', async (_, change, found) => {
    const desk = makeDesk()
    change(desk)
    expect(await observeSandbox(desk.services.git, {...desk.ref, name: 'nux'})).toMatchObject(found)
  })

  it('Changed files cannot be listed: rejects', async () => {
    const {path} = makeDesk()
    const git = async () => ({code: 128, stdout: '', stderr: ''})
    await expect(lastFileChange(git, path)).rejects.toMatchObject({code: 'GIT_FAILED'})
  })
})

describe('signals of a worker', () => {
  const told = (changes: Partial<WorkerRecord> = {}): RecordRead => ({
    is: 'present',
    record: {
      version: 1,
      name: 'nux',
      incarnation: 'i-1',
      task: null,
      branch: 'b',
      base: 'main',
      spawned_at: new Date(0).toISOString(),
      ...changes,
    },
  })
  const endedAt = (at: number) => ({done_at: new Date(at).toISOString()})
  const nobody: RecordRead = {is: 'absent'}
  const word: LastReport = {
    id: 'm',
    is: 'done',
    at: NOW - 10,
    branch: 'b',
    mergeRequest: null,
    exit: null,
    text: '',
  }
  const mail = (one: LastReport | null = null) => ({incarnation: 'i-1', word: one, plea: null})
  const beat = (state: string) => ({heartbeat: {at: NOW - 5, state, context: ''}})
  const broken = {unreadable: 'it was cut'}
  const cut: RecordRead = {is: 'unreadable', reason: 'it was cut'}

  it.each([
    ['nothing says so', told(), {}, mail(), 'none'],
    ['its file does', told(endedAt(NOW - 20)), {}, mail(), 20],
    ['a message does', told(), {}, mail(word), 10],
    ['a message from before its file does', told(endedAt(NOW - 4)), {}, mail(word), 4],
    ['it is about to', told(), beat('exiting'), mail(), 5],
    ['its file cannot be read', cut, {}, mail(), 'unknown'],
    ['its sign of life cannot be read', told(), broken, mail(), 'unknown'],
  ])('Done: %s', (_, read, alive, said, value) => {
    expect(doneIntent(read, alive, said, NOW).value).toBe(value)
  })

  it.each([
    ['nothing says so', {}, false],
    ['it says so', beat('stuck'), true],
    ['it says something else', beat('working'), false],
    ['its sign of life cannot be read', broken, 'unknown'],
  ])('Stuck: %s', (_, alive, value) => {
    expect(stuck(told(), alive, mail()).value).toBe(value)
  })

  it('An unreadable sandbox is unknown', () => {
    expect(sandboxSignal({is: 'unknown', path: '', detail: 'no'}).value).toBe('unknown')
  })

  it('The newest sign of activity counts', () => {
    const sandbox = {is: 'present', path: '', head: '', branch: '', movedAt: NOW - 50} as const
    expect(quietSince(sandbox, undefined, {at: NOW - 40, state: '', context: ''}, NOW)).toMatchObject({
      value: 40,
      source: 'heartbeat',
    })
  })

  const source = (name: string, read: WorkSource['read']): WorkSource => ({name, priority: 1, read})
  const rig = {name: 'alpha'} as never
  const workOf = async (read: RecordRead, one: LastReport | null = null, sources: WorkSource[] = []) => {
    const {work, mergeRequest} = await findWork({
      rig,
      worker: 'nux',
      branch: 'b',
      read,
      lastReport: one,
      sources,
    })
    return [work.value, mergeRequest.value]
  }

  it.each<[string, RecordRead, LastReport | null, unknown[]]>([
    ['Nobody wrote it down', nobody, null, ['unknown', 'unknown']],
    ['Its file has a task', told({task: 'paint'}), null, ['open', 'none']],
    ['Its merge failed', told(endedAt(NOW - 20)), {...word, is: 'merge failed'}, ['open', 'none']],
    [
      'Its merge failed, and it was handed in again',
      told({exit: 'COMPLETED', ...endedAt(NOW), merge_request: 'open'}),
      {...word, is: 'merge failed'},
      ['terminal', 'open'],
    ],
    [
      'A message names no request, and its file does',
      told({exit: 'COMPLETED', merge_request: 'open'}),
      {...word, mergeRequest: 'none'},
      ['terminal', 'open'],
    ],
    [
      'A message names no request, and it has no file',
      nobody,
      {...word, mergeRequest: 'none'},
      ['terminal', 'none'],
    ],
  ])('%s', async (_, read, one, expected) => {
    expect(await workOf(read, one)).toEqual(expected)
  })

  it('One source fails: the others do not count', async () => {
    const sources = [
      source('store', () => Promise.reject(new Error('locked'))),
      source('other', async () => ({work: 'open', mergeRequest: 'none'})),
    ]
    expect(await workOf(told(), null, sources)).toEqual(['unknown', 'unknown'])
  })
})

describe('worker names', () => {
  const namesIn = async (desk: Desk) => {
    const {workers} = await observeRig(desk.services, desk.ref, {
      snapshots: new Map(),
      letters: [],
      mail: undefined,
    })
    return [...workers.values()]
  }

  it('Neither other roles, nor the crew, nor invalid names', async () => {
    const desk = makeDesk()
    desk.ref.rig.workers = async () => ['nux', 'witness', 'refinery', 'crew-max', '..', 'a.b']
    expect((await namesIn(desk)).map(({name}) => name)).toEqual(['nux'])
  })

  it('One with an unknown session is unknown, and the others are observed', async () => {
    const desk = makeDesk()
    desk.sessions[0] = sessionOf({labels: {}})
    desk.backend.environment = () => Promise.reject(new GtError('no answer', {code: 'SESSION_LOST'}))
    desk.ref.rig.workers = async () => ['nux', 'toast']
    expect((await namesIn(desk)).map(({name, signals}) => [name, signals.session.value])).toEqual([
      ['nux', 'unknown'],
      ['toast', 'absent'],
    ])
  })

  it('One may be named like a property of every object', async () => {
    const desk = makeDesk()
    desk.ref.rig.workers = async () => ['constructor']
    expect((await namesIn(desk)).map(({mail}) => mail.word)).toEqual([null, null])
  })
})
