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
 * Starts a session again that should run, on the backend and with the agent that its last start named. A life that is
 * given is ended first, and no later one. Nothing happens where it was stopped on purpose, however late that came.
 */
export async function revive(
  services: Services,
  agent: AgentRef<RoleDefinition>,
  {incarnation, timeoutMs, signal}: ReviveOptions,
): Promise<ReviveResult> {
  const record = readRecord(services, agent)
  if (!record?.desired) return {outcome: 'not_desired'}
  const {backend, agent: named} = record
  const options = {
    backend,
    timeoutMs,
    ...(named !== undefined && {agent: named}),
    ...(signal && {signal}),
  }
  // What can fail before that fails before the session is touched.
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
