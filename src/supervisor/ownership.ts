import {realpath} from 'node:fs/promises'
import {ErrorCode, GtError, type RoleRef, type Session, type SessionBackend} from '@gtown/sdk'
import {hasErrno} from '@gtown/sdk/files'
import type {AgentRef} from './agent-ref.js'

/** The agent's session in one round trip, or undefined when there is none. Rejects when the one of its name is not ours. */
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
 * Rejects with `SESSION_FOREIGN` unless the session is this very agent's of this town: by the labels written at its
 * birth, or, for a session that the original made, by `GT_ROOT` in its environment. Never by its name.
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

/** Whose a session without labels is, in words; undefined when it is ours. */
async function unlabelledOwner({environmentRoot}: Session, {town}: RoleRef): Promise<string | undefined> {
  if (environmentRoot === undefined) return 'no town: gt did not start it'
  return (await resolved(environmentRoot)) === town.realRoot ? undefined : `another town: ${environmentRoot}`
}

/** The same of a session with labels. */
function labelledOwner({labels}: Session, {town, rig, role, name}: AgentRef): string | undefined {
  if (labels.town !== town.realRoot) return `another town: ${labels.town}`
  if (labels.rig === rig?.name && labels.role === role.name && labels.name === name) return undefined
  return labels.rig === undefined ? `the ${labels.role}` : `the ${labels.role} of rig '${labels.rig}'`
}

/** With links resolved; a path that leads nowhere stays as it is and matches no town. */
export async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) return path
    throw error
  }
}
