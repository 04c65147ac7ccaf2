import {realpath} from 'node:fs/promises'
import {ErrorCode, GtError, type RoleRef, type Session, type SessionBackend} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import type {AgentRef} from './agent-ref.js'

/**
 * The agent's session, in one round trip; undefined if there is none. Rejects if the session of that name belongs to
 * someone else.
 */
export async function ownSession(
  backend: SessionBackend,
  agent: AgentRef,
  options?: {view?: boolean},
): Promise<Session | undefined> {
  const session = await backend.inspect(agent.sessionName, options)
  if (session) await checkOurs(session, agent)
  return session
}

/**
 * Rejects with `SESSION_FOREIGN` unless the session belongs to exactly this agent of this town. The labels from its
 * creation decide; for a session started by the original Gas Town, `GT_ROOT` in its environment. The name never
 * decides.
 */
export async function checkOurs(session: Session, agent: AgentRef): Promise<void> {
  const {town} = session.labels
  const owner = town === undefined ? await unlabelledOwner(session, agent) : labelledOwner(session, agent)
  if (owner === undefined) return
  throw new GtError(`session '${session.name}' belongs to ${owner}`, {
    code: ErrorCode.sessionForeign,
    hint: 'It is left alone. Stop it from its own town, or set GT_TMUX_SOCKET to give this town a tmux server of its own.',
  })
}

/** The owner of a session without labels, for a message; undefined if it is ours. */
async function unlabelledOwner({environmentRoot}: Session, {town}: RoleRef): Promise<string | undefined> {
  if (environmentRoot === undefined) return 'no town: gt did not start it'
  return (await resolved(environmentRoot)) === town.realRoot ? undefined : `another town: ${environmentRoot}`
}

/** Like `unlabelledOwner`, for a session with labels. */
function labelledOwner({labels}: Session, {town, rig, role, name}: AgentRef): string | undefined {
  if (labels.town !== town.realRoot) return `another town: ${labels.town}`
  if (labels.rig === rig?.name && labels.role === role.name && labels.name === name) return undefined
  return labels.rig === undefined ? `the ${labels.role}` : `the ${labels.role} of rig '${labels.rig}'`
}

/** The path with links resolved. A path that cannot be resolved stays as it is and matches no town. */
export async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) return path
    throw error
  }
}
