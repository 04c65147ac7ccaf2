import type {GateRequest} from '@gtown/workers'
import type {PatrolServices} from '../services.js'
import type {FoundWorker} from './observe-rig.js'

/** Milliseconds for one git command, even one that queries the remote. */
const GIT_TIMEOUT_MS = 30_000

interface Subject {
  services: PatrolServices
  worker: FoundWorker
}

/** The gate's input for this worker. */
export function gateRequest({services, worker}: Subject, path: string): GateRequest {
  const base = worker.record?.base
  return {
    git: services.git,
    path,
    remote: 'origin',
    timeoutMs: GIT_TIMEOUT_MS,
    mergeRequest: worker.signals.mergeRequest.value,
    callerDirectory: services.callerDirectory,
    ...(base !== undefined && {base}),
  }
}
