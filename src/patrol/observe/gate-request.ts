import {type GateRequest, RUNTIME_PATHS} from '@gtown/workers'
import type {PatrolServices} from '../services.js'
import type {FoundWorker} from './collect.js'

/** Milliseconds for one question to git, or to the remote. */
const GIT_TIMEOUT_MS = 30_000

interface Subject {
  services: PatrolServices
  worker: FoundWorker
}

/** What the gate is to look at, for this worker. */
export function gateRequest({services, worker}: Subject, path: string): GateRequest {
  const base = worker.record?.base
  return {
    git: services.git,
    path,
    remote: 'origin',
    timeoutMs: GIT_TIMEOUT_MS,
    mergeRequest: worker.signals.mergeRequest.value,
    callerDirectory: services.callerDirectory,
    runtimePaths: RUNTIME_PATHS,
    ...(base !== undefined && {base}),
  }
}
