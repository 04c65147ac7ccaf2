import {
  hasCode,
  type ReviveOptions,
  type ReviveResult,
  type RoleDefinition,
  type SessionBackend,
} from '@gtown/sdk'
import type {AgentRef} from './agent-ref.js'
import {ownSession} from './ownership.js'
import {keepPostMortem} from './post-mortem.js'
import {prepare} from './prepare.js'
import type {Services} from './services.js'
import {readRecord} from './session-record/read.js'
import {startPrepared} from './start.js'

/**
 * Restarts a session that should run, on the backend and with the agent named at its last start. A given
 * `incarnation` is ended first; a later one is left alone. Does nothing if the session was stopped on purpose, even
 * if that happens during this call.
 */
export async function revive(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  {incarnation, timeoutMs, signal}: ReviveOptions,
): Promise<ReviveResult> {
  const record = readRecord(services, agent)
  if (!record?.desired) return {outcome: 'not_desired'}
  const {backend, agent: requested} = record
  const options = {
    backend,
    timeoutMs,
    ...(requested !== undefined && {agent: requested}),
    ...(signal && {signal}),
  }
  // Prepare first, so that a failure here leaves the session untouched.
  const prepared = await prepare(services, agent, options)
  if (incarnation !== undefined) {
    await endLife(services, agent, {backend: prepared.backend, incarnation})
  }
  signal?.throwIfAborted()
  try {
    const started = await startPrepared(services, agent, {...options, prepared, ifDesired: true})
    return started.outcome === 'started' ? {...started, outcome: 'revived'} : started
  } catch (error) {
    if (!hasCode(error, 'NOT_DESIRED')) throw error
    return {outcome: 'not_desired'}
  }
}

async function endLife(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  {backend, incarnation}: {backend: SessionBackend; incarnation: string},
): Promise<void> {
  const session = await ownSession(backend, agent)
  if (session?.incarnation !== incarnation) return
  if (session.liveness === 'dead') await keepPostMortem(services, agent, {backend, session})
  await backend.stop(session, {graceMs: agent.role.stopGraceMs})
}
