import {type Host, isSafeName, type RigRef, type RoleStatus, type Session} from '@gtown/sdk'
import {isThere} from '@gtown/sdk/files'
import {findSandbox, oldSandbox, type WorkerRecord, type WorkerRef} from '@gtown/workers'
import {takeRecord} from './record.js'
import {notFound} from './remove.js'
import {polecatRole} from './role.js'

/** All that is known of a worker. */
export interface PolecatFacts {
  ref: WorkerRef
  record: WorkerRecord | undefined
  /** Absolute path; undefined where there is none. */
  sandbox: string | undefined
  liveness: RoleStatus['liveness'] | 'unknown'
}

/** The same, with its session in detail. */
export interface PolecatStatus extends PolecatFacts {
  status: RoleStatus
}

type Warn = (message: string) => void

/** Looks at one worker. Rejects with `POLECAT_NOT_FOUND` where there is nothing of it. */
export async function lookAtWorker(host: Host, ref: WorkerRef, warn: Warn): Promise<PolecatStatus> {
  const [status, files] = await Promise.all([host.sessions.status(polecatRole(), ref), filesOf(ref, warn)])
  const isKnown = files.record !== undefined || (await isThere(oldSandbox(ref)))
  if (!isKnown && status.liveness === 'absent') throw notFound(ref)
  return {ref, ...files, status, liveness: status.liveness}
}

/** Looks at all workers of a rig that have a directory, in the order of their names. */
export async function listWorkers(host: Host, rig: RigRef, warn: Warn): Promise<PolecatFacts[]> {
  const [names, sessions] = await Promise.all([rig.rig.workers(), host.sessions.list(rig)])
  const ours = new Map(
    sessions.filter(({labels}) => labels.role === 'polecat').map((session) => [session.labels.name, session]),
  )
  return await Promise.all(
    names.map((name) => lookInto(host, {...rig, name}, {session: ours.get(name), warn})),
  )
}

async function lookInto(
  host: Host,
  ref: WorkerRef,
  {session, warn}: {session: Session | undefined; warn: Warn},
): Promise<PolecatFacts> {
  const files = await filesOf(ref, warn)
  if (session) return {ref, ...files, liveness: session.liveness}
  if (files.record) return {ref, ...files, liveness: 'absent'}
  // Of a worker that another program spawned no label tells. None has a session with such a name.
  if (!isSafeName(ref.name)) return {ref, ...files, liveness: 'absent'}
  return {ref, ...files, liveness: (await host.sessions.status(polecatRole(), ref)).liveness}
}

async function filesOf(ref: WorkerRef, warn: Warn): Promise<Pick<PolecatFacts, 'record' | 'sandbox'>> {
  const [record, sandbox] = await Promise.all([takeRecord(ref, warn), findSandbox(ref)])
  return {record, sandbox}
}
