import {readdir} from 'node:fs/promises'
import {isGtError, isSafeName, type RigRef, type WorkSource} from '@gtown/sdk'
import {hasErrno, unreadable} from '@gtown/sdk/files'
import {RIG_ROLES} from '../../supervisor/address.js'
import {inTurns} from '../in-turns.js'
import type {PatrolServices} from '../services.js'
import {known, unknown} from '../signal.js'
import type {PolecatSignals, RigSignals, Signal} from '../signals.js'
import {lookAtAgent} from './agent.js'
import {type FreshViews, forgetOthers, type Glances, lookAtScreens} from './glances.js'
import {type Heartbeat, type HeartbeatRead, readHeartbeat} from './heartbeat.js'
import {type FoundSandbox, findSandbox} from './sandbox.js'
import {
  type FoundSession,
  findSession,
  isWorkerOf,
  listSessions,
  type SessionList,
  type SessionLook,
} from './sessions.js'
import {readStanding} from './standing.js'
import {findWork} from './work.js'
import {readWorkerFile, type WorkerFile, type WorkerFileRead, workersFolder} from './worker-file.js'

/** A worker as one cycle found it: what acting on it needs besides its signals. */
export interface FoundWorker {
  name: string
  file: WorkerFile | undefined
  sandbox: FoundSandbox
  session: FoundSession | undefined
  signals: PolecatSignals
}

export interface FoundRig {
  signals: RigSignals
  workers: ReadonlyMap<string, FoundWorker>
}

/** How many workers are looked at at the same time. */
const AT_ONCE = 8

/** Looks at a rig and everything that its patrol goes by. Changes nothing. G is left unknown. */
export async function collect(services: PatrolServices, ref: RigRef, glances: Glances): Promise<FoundRig> {
  const clock = services.clock()
  const [standing, list, sources] = await Promise.all([
    readStanding(ref.rig),
    listSessions(services),
    services.workSources(),
  ])
  const names = await workerNames(ref, list)
  const own = list.all.filter(({session}) => isWorkerOf(session, ref))
  forgetOthers(glances, list.all)
  const fresh = await lookAtScreens(own, glances)
  const usage = services.treeUsage(own.map(({session}) => session.pid))
  const round: Round = {services, ref, list, sources, usage, glances, fresh, now: clock.wallMs}
  const workers = await inTurns(AT_ONCE, names, (name) => lookAtWorker(round, name))
  return {
    signals: {rig: ref.rig.name, clock, standing, polecats: workers.map(({signals}) => signals)},
    workers: new Map(workers.map((worker) => [worker.name, worker])),
  }
}

interface Round {
  services: PatrolServices
  ref: RigRef
  list: SessionList
  sources: readonly WorkSource[]
  usage: ReturnType<PatrolServices['treeUsage']>
  glances: Glances
  fresh: FreshViews
  now: number
}

/** Whoever has a folder, a file or a session. */
async function workerNames({rig, town}: RigRef, {all}: SessionList): Promise<string[]> {
  const labelled = all
    .filter(({session}) => isWorkerOf(session, {rig, town}))
    .map(({session}) => session.labels.name)
  const names = [...(await rig.workers()), ...(await namesOfFiles(rig.path)), ...labelled]
  return [...new Set(names.filter(isWorkerName))].sort()
}

/** A name whose session would be another's, such as the witness's own, is no worker's. */
function isWorkerName(name: string | undefined): name is string {
  if (name === undefined || !isSafeName(name)) return false
  return !RIG_ROLES.includes(name) && !name.startsWith('crew-')
}

async function namesOfFiles(rigPath: string): Promise<string[]> {
  const folder = workersFolder(rigPath)
  try {
    const names = await readdir(folder)
    return names.filter((name) => /^[^.].*\.json$/.test(name)).map((name) => name.slice(0, -'.json'.length))
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw unreadable(folder, error)
  }
}

async function lookAtWorker(round: Round, name: string): Promise<FoundWorker> {
  const {services, ref, list, sources, now} = round
  const [read, sandbox, look] = await Promise.all([
    readWorkerFile(ref.rig.path, name),
    findSandbox(services.git, ref.rig, name),
    findSession(services, ref, name, list).catch(notTold),
  ])
  const {file} = read
  const session = look.is === 'found' ? look.found : undefined
  const branch = sandbox.is === 'present' ? sandbox.branch : undefined
  const bornAt = session?.session.createdAt ?? file?.spawnedAt ?? 0
  const sessionName = session?.session.name ?? `gt-${ref.rig.name}-${name}`
  const [agent, beat, work] = await Promise.all([
    lookAtAgent({...round, look}),
    readHeartbeat(ref.town.root, sessionName, bornAt),
    findWork({rig: ref.rig, worker: name, branch, read, sources}),
  ])
  const signals: PolecatSignals = {
    name,
    incarnation: file?.incarnation,
    branch,
    head: sandbox.is === 'present' ? sandbox.head : undefined,
    life: lifeOf(look, now),
    sandbox: sandboxSignal(sandbox),
    spawned: file ? known(now - file.spawnedAt, 'worker file') : unspawned(read),
    ...agent,
    quiet: quietSince(sandbox, session, beat.heartbeat, now),
    ...work,
    doneIntent: doneIntent(read, beat, now),
    git: unknown('git', 'it was not asked'),
    stuck: stuck(read, beat),
  }
  return {name, file, sandbox, session, signals}
}

/** One worker's files that cannot be read must not hide the others. */
function notTold(error: unknown): SessionLook {
  if (!isGtError(error)) throw error
  return {is: 'unknown', detail: error.message, record: undefined}
}

function lifeOf(look: SessionLook, now: number): PolecatSignals['life'] {
  if (look.is !== 'found') return undefined
  const {id, incarnation, createdAt, attached} = look.found.session
  return {id, incarnation, createdAt, ageMs: now - createdAt, ours: look.ours, attached}
}

function sandboxSignal(sandbox: FoundSandbox): PolecatSignals['sandbox'] {
  if (sandbox.is === 'unknown') return unknown('files', sandbox.detail)
  return known(sandbox.is, 'files', 0, sandbox.is === 'broken' ? sandbox.detail : undefined)
}

const unspawned = ({unreadable: detail}: WorkerFileRead) =>
  unknown('worker file', detail ?? 'nobody wrote it down')

/** X, without changes of files that git does not keep yet: see `lastFileChange`. */
function quietSince(
  sandbox: FoundSandbox,
  session: FoundSession | undefined,
  heartbeat: Heartbeat | undefined,
  now: number,
): Signal<number> {
  const moments = [
    {source: 'window', at: session?.session.lastActivityAt},
    {source: 'heartbeat', at: heartbeat?.at},
    {source: 'reflog', at: sandbox.is === 'present' ? sandbox.movedAt : undefined},
  ].flatMap(({source, at}) => (at === undefined ? [] : [{source, at}]))
  const [newest] = moments.sort((a, b) => b.at - a.at)
  return newest
    ? known(Math.max(0, Math.round(now - newest.at)), newest.source)
    : unknown('files', 'there is no sign of activity')
}

/** D */
function doneIntent(read: WorkerFileRead, beat: HeartbeatRead, now: number): PolecatSignals['doneIntent'] {
  const {doneAt} = read.file ?? {}
  if (doneAt !== undefined) return known(Math.max(0, now - doneAt), 'worker file')
  if (beat.heartbeat?.state === 'exiting') return known(Math.max(0, now - beat.heartbeat.at), 'heartbeat')
  const detail = read.unreadable ?? beat.unreadable
  return detail === undefined ? known('none', 'worker file') : unknown('worker file', detail)
}

function stuck(read: WorkerFileRead, {heartbeat, unreadable: detail}: HeartbeatRead): Signal<boolean> {
  if (read.file?.exit === 'ESCALATED') return known(true, 'worker file', 0, 'it ended its work as ESCALATED')
  if (heartbeat) {
    const isStuck = heartbeat.state === 'stuck'
    return known(isStuck, 'heartbeat', 0, isStuck ? heartbeat.context || undefined : undefined)
  }
  return detail === undefined ? known(false, 'heartbeat') : unknown('heartbeat', detail)
}
