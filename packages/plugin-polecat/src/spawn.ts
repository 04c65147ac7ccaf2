import {amended, isGtError, type Session, type StartOptions} from '@gtown/sdk'
import {addressOfWorker, INCARNATION_VARIABLE, type WorkerRecord, type WorkerRef} from '@gtown/workers'
import {purge} from '@gtown/workers/put-away'
import {prepareWorker, type SpawnRequest} from './prepare.js'
import {removalContext} from './removal-context.js'
import {removeWorker} from './remove.js'
import {polecatRole} from './role.js'
import type {Services} from './services.js'

export interface Spawned {
  /** `resumed`: the session was started in an existing sandbox. */
  outcome: 'spawned' | 'resumed' | 'already_running'
  ref: WorkerRef
  record: WorkerRecord
  sandbox: string
  session: Session
}

/**
 * Creates a worker with its record, sandbox and session. For an existing worker that is not done, starts the session
 * if it does not run, which also finishes a killed spawn. A failed spawn removes what it made.
 */
export async function spawnWorker(services: Services, request: SpawnRequest): Promise<Spawned> {
  const {ref, record, sandbox, isNew} = await prepareWorker(services, request)
  try {
    const {outcome, session} = await services.host.sessions.start(
      polecatRole(record),
      ref,
      startOptions(request.start, record),
    )
    if (outcome === 'already_running') return {outcome, ref, record, sandbox, session}
    return {outcome: isNew ? 'spawned' : 'resumed', ref, record, sandbox, session}
  } catch (error) {
    throw isNew ? await rollBack(services, ref, error) : error
  }
}

function startOptions(options: StartOptions, {agent, incarnation}: WorkerRecord): StartOptions {
  const env = {...options.env, [INCARNATION_VARIABLE]: incarnation}
  return {...(agent !== undefined && {agent}), ...options, env}
}

/** The error of a start that failed, after its sandbox went, or with a word on why it stays. */
async function rollBack(services: Services, ref: WorkerRef, error: unknown): Promise<unknown> {
  try {
    const {kept} = await removeWorker(services, ref)
    // Nobody has worked in a new sandbox. It is only worth keeping if something is in it nevertheless.
    if (kept?.verdict.is === 'safe') await purge({...removalContext(services, ref), id: kept.id})
    else if (kept)
      return withHint(error, `What is in its sandbox is kept: gt polecat restore ${addressOfWorker(ref)}`)
    return error
  } catch (removal) {
    if (!isGtError(removal)) return error
    const again = `gt polecat spawn ${ref.rig.name} ${ref.name}`
    return withHint(error, `Its sandbox stays: ${removal.message}. Start it again with: ${again}`)
  }
}

function withHint(error: unknown, hint: string): unknown {
  if (!isGtError(error)) return error
  return amended(error, {hint: error.hint ? `${error.hint}\n${hint}` : hint})
}
