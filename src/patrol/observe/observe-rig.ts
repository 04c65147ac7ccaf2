import {inTurns, isGtError, isSafeName, type RigRef, rigSessionName, type WorkSource} from '@gtown/sdk'
import type {Letter} from '@gtown/sdk/mail'
import {
  type FoundSandbox,
  observeSandbox,
  readRecord,
  recordedWorkers,
  type WorkerRecord,
} from '@gtown/workers'
import {beadsSource} from '../../beads/work-source.js'
import {RIG_ROLES} from '../../supervisor/address.js'
import {type AppliedNotice, applyNotices} from '../mail/apply-notices.js'
import {type MailMemory, NO_MAIL, type WorkerMail} from '../mail/mail-memory.js'
import {followHelpRequest, newNotices, settleMail} from '../mail/mailbox.js'
import type {Notice} from '../mail/notice.js'
import type {PatrolServices} from '../services.js'
import {unknown} from '../signal.js'
import type {PolecatSignals, RigSignals} from '../signals.js'
import {observeAgent} from './agent.js'
import {readHeartbeat} from './heartbeat.js'
import {observeRemoved} from './removed.js'
import {
  type FoundSession,
  findSession,
  isWorkerOf,
  listSessions,
  type SessionList,
  type SessionObservation,
} from './sessions.js'
import {type FreshViews, forgetOthers, observeScreens, type Snapshots} from './snapshots.js'
import {readStanding} from './standing.js'
import {findWork} from './work.js'
import {doneIntent, lifeOf, quietSince, sandboxSignal, spawnedSince, stuck} from './worker-signals.js'

/** A worker as one cycle found it, with what actions need besides its signals. */
export interface FoundWorker {
  name: string
  record: WorkerRecord | undefined
  sandbox: FoundSandbox
  session: FoundSession | undefined
  /** The name of its session, whether it exists or not. */
  sessionName: string
  signals: PolecatSignals
  mail: WorkerMail
  applied: readonly AppliedNotice[]
}

export interface FoundRig {
  signals: RigSignals
  /** The messages that were read, with their effects. */
  applied: readonly AppliedNotice[]
  workers: ReadonlyMap<string, FoundWorker>
}

/** Number of workers to observe at the same time. */
const AT_ONCE = 8

/** What is known before the observation. */
export interface Remembered {
  snapshots: Snapshots
  /** Messages from the mailbox. `mail` is the memory of earlier ones. */
  letters: readonly Letter[]
  mail: MailMemory | undefined
}

/** Observes all signals of a rig, except G, which stays unknown. Changes nothing. */
export async function observeRig(
  services: PatrolServices,
  ref: RigRef,
  {snapshots, letters, mail: before = NO_MAIL}: Remembered,
): Promise<FoundRig> {
  const clock = services.clock()
  const beads = await services.readBeads(ref.rig)
  const [standing, list, plugins, removed] = await Promise.all([
    readStanding(ref.rig, beads),
    listSessions(services),
    services.workSources(),
    observeRemoved(services, ref, clock.wallMs),
  ])
  const sources = [...plugins, beadsSource(beads)].filter((source) => source !== undefined)
  const names = await workerNames(ref, list)
  const own = list.all.filter(({session}) => isWorkerOf(session, ref))
  forgetOthers(snapshots, list.all)
  const fresh = await observeScreens(own, snapshots)
  const usage = services.treeUsage(own.map(({session}) => session.pid))
  const now = clock.wallMs
  const notices = newNotices(letters, before, {rig: ref.rig.name, now})
  const round: Round = {services, ref, list, sources, usage, snapshots, fresh, now, before, notices}
  const workers = await inTurns(AT_ONCE, names, (name) => observeWorker(round, name))
  const mails = new Map(workers.map(({name, mail}) => [name, mail]))
  const {mail, applied} = settleMail(before, notices, mails, {
    applied: workers.flatMap((one) => one.applied),
    now,
  })
  return {
    signals: {
      rig: ref.rig.name,
      clock,
      standing,
      polecats: workers.map(({signals}) => signals),
      mail,
      removed,
    },
    applied,
    workers: new Map(workers.map((worker) => [worker.name, worker])),
  }
}

interface Round {
  services: PatrolServices
  ref: RigRef
  list: SessionList
  sources: readonly WorkSource[]
  usage: ReturnType<PatrolServices['treeUsage']>
  snapshots: Snapshots
  fresh: FreshViews
  now: number
  before: MailMemory
  notices: readonly Notice[]
}

/** The names of workers that have a folder, a record or a session. */
async function workerNames({rig, town}: RigRef, {all}: SessionList): Promise<string[]> {
  const labelled = all
    .filter(({session}) => isWorkerOf(session, {rig, town}))
    .map(({session}) => session.labels.name)
  const names = [...(await rig.workers()), ...(await recordedWorkers(rig)), ...labelled]
  return [...new Set(names.filter(isWorkerName))].sort()
}

/** False for a name whose session would be another role's, such as the witness's. */
function isWorkerName(name: string | undefined): name is string {
  if (name === undefined || !isSafeName(name)) return false
  return !RIG_ROLES.includes(name) && !name.startsWith('crew-')
}

async function observeWorker(round: Round, name: string): Promise<FoundWorker> {
  const {services, ref, list, sources, now} = round
  const [read, sandbox, look] = await Promise.all([
    readRecord({...ref, name}),
    observeSandbox(services.git, {...ref, name}),
    findSession(services, ref, name, list).catch(unknownOnError),
  ])
  const record = read.is === 'present' ? read.record : undefined
  const session = look.is === 'found' ? look.found : undefined
  const branch = sandbox.is === 'present' ? sandbox.branch : undefined
  const bornAt = session?.session.createdAt ?? (record ? Date.parse(record.spawned_at) : 0)
  const head = sandbox.is === 'present' ? sandbox.head : undefined
  const identity = {name, incarnation: record?.incarnation, branch, head, bornAt}
  const {mail: said, applied} = applyNotices(mailOf(round.before, name), round.notices, identity)
  const sessionName = session?.session.name ?? rigSessionName(ref.rig.name, name)
  const [agent, beat, work] = await Promise.all([
    observeAgent({...round, look}),
    readHeartbeat(ref.town.root, sessionName, bornAt),
    findWork({rig: ref.rig, worker: name, branch, read, lastReport: said.word, sources}),
  ])
  const mail = {...said, plea: followHelpRequest(said.plea, agent.state.value)}
  const signals: PolecatSignals = {
    name,
    incarnation: record?.incarnation,
    branch,
    head,
    life: lifeOf(look, now),
    sandbox: sandboxSignal(sandbox),
    spawned: spawnedSince(read, now),
    ...agent,
    quiet: quietSince(sandbox, session, beat.heartbeat, now),
    ...work,
    doneIntent: doneIntent(read, beat, mail, now),
    git: unknown('git', 'it was not asked'),
    stuck: stuck(read, beat, mail),
  }
  return {name, record, sandbox, session, sessionName, signals, mail, applied}
}

/** A worker with unreadable files must not hide the others. */
function unknownOnError(error: unknown): SessionObservation {
  if (!isGtError(error)) throw error
  return {is: 'unknown', detail: error.message, record: undefined}
}

/** Own properties only: a worker may be called `constructor`. */
function mailOf({workers}: MailMemory, name: string): WorkerMail | undefined {
  return Object.hasOwn(workers, name) ? workers[name] : undefined
}
