import {
  hasCode,
  type ReviveOptions,
  type ReviveResult,
  type RoleDefinition,
  type RoleRef,
  type SessionBackend,
} from '@gtown/sdk'
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
  role: RoleDefinition,
  ref: RoleRef,
  {incarnation, timeoutMs, signal}: ReviveOptions,
): Promise<ReviveResult> {
  const record = readRecord(services, role, ref)
  if (!record?.desired) return {outcome: 'not_desired'}
  const {backend: name, agent} = record
  const options = {backend: name, timeoutMs, ...(agent !== undefined && {agent}), ...(signal && {signal})}
  // What can fail before that fails before the session is touched.
  const prepared = await prepare(services, role, ref, options)
  if (incarnation !== undefined) await endLife(services, prepared.backend, {role, ref, incarnation})
  signal?.throwIfAborted()
  try {
    const started = await startPrepared(services, role, ref, prepared, {...options, ifDesired: true})
    return started.outcome === 'started' ? {...started, outcome: 'revived'} : started
  } catch (error) {
    if (!hasCode(error, 'NOT_DESIRED')) throw error
    return {outcome: 'not_desired'}
  }
}

async function endLife(
  services: Services,
  backend: SessionBackend,
  {role, ref, incarnation}: {role: RoleDefinition; ref: RoleRef; incarnation: string},
): Promise<void> {
  const session = await ownSession(backend, role, ref)
  if (session?.incarnation !== incarnation) return
  if (session.liveness === 'dead') await keepPostMortem(services, {backend, role, ref, session})
  await backend.stop(session, {graceMs: role.stopGraceMs})
}
