import {type Host, isSafeName, type RigRef, type RoleStatus, type Session} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {findSandbox, oldSandbox, type WorkerRecord, type WorkerRef} from '@gtown/workers'
import {takeRecord} from './record.js'
import {notFound} from './remove.js'
import {polecatRole} from './role.js'

/** The known facts about a worker. */
export interface PolecatFacts {
  ref: WorkerRef
  record: WorkerRecord | undefined
  /** Absolute path; undefined if there is none. */
  sandbox: string | undefined
  liveness: RoleStatus['liveness'] | 'unknown'
}

/** The facts about a worker, with its session in detail. */
export interface PolecatStatus extends PolecatFacts {
  status: RoleStatus
}

type Warn = (message: string) => void

/** Looks at one worker. Rejects with `POLECAT_NOT_FOUND` where there is nothing of it. */
export async function inspectWorker(host: Host, ref: WorkerRef, warn: Warn): Promise<PolecatStatus> {
  const [status, files] = await Promise.all([host.sessions.status(polecatRole(), ref), filesOf(ref, warn)])
  const isKnown = files.record !== undefined || (await isThere(oldSandbox(ref)))
  if (!isKnown && status.liveness === 'absent') throw notFound(ref)
  return {ref, ...files, status, liveness: status.liveness}
}

/** Lists all workers of a rig that have a directory, by name. */
export async function listWorkers(host: Host, rig: RigRef, warn: Warn): Promise<PolecatFacts[]> {
  const [names, sessions] = await Promise.all([rig.rig.workers(), host.sessions.list(rig)])
  const ours = new Map(
    sessions.filter(({labels}) => labels.role === 'polecat').map((session) => [session.labels.name, session]),
  )
  return await Promise.all(
    names.map((name) => inspectListed(host, {...rig, name}, {session: ours.get(name), warn})),
  )
}

async function inspectListed(
  host: Host,
  ref: WorkerRef,
  {session, warn}: {session: Session | undefined; warn: Warn},
): Promise<PolecatFacts> {
  const files = await filesOf(ref, warn)
  if (session) return {ref, ...files, liveness: session.liveness}
  if (files.record) return {ref, ...files, liveness: 'absent'}
  // A worker spawned by another program has no labels, so ask by name. A session cannot have an unsafe name.
  if (!isSafeName(ref.name)) return {ref, ...files, liveness: 'absent'}
  return {ref, ...files, liveness: (await host.sessions.status(polecatRole(), ref)).liveness}
}

async function filesOf(ref: WorkerRef, warn: Warn): Promise<Pick<PolecatFacts, 'record' | 'sandbox'>> {
  const [record, sandbox] = await Promise.all([takeRecord(ref, warn), findSandbox(ref)])
  return {record, sandbox}
}
