import {realpath} from 'node:fs/promises'
import {
  ErrorCode,
  GtError,
  type RoleDefinition,
  type RoleRef,
  type Session,
  type SessionBackend,
} from '@gtown/sdk'

/** The role's session in one round trip, or undefined when there is none. Rejects when the one of its name is not ours. */
export async function ownSession(
  backend: SessionBackend,
  role: RoleDefinition,
  ref: RoleRef,
): Promise<Session | undefined> {
  const session = await backend.inspect(role.sessionName(ref))
  if (session) await checkOurs(session, role, ref)
  return session
}

/**
 * Rejects with `SESSION_FOREIGN` unless the session is this very role's of this town: by the labels written at its
 * birth, or, for a session that the original made, by `GT_ROOT` in its environment. Never by its name.
 */
export async function checkOurs(session: Session, role: RoleDefinition, ref: RoleRef): Promise<void> {
  const owner = await foreignOwner(session, role, ref)
  if (owner === undefined) return
  throw new GtError(`session '${session.name}' belongs to ${owner}`, {
    code: ErrorCode.sessionForeign,
    hint: 'It is left alone. Stop it from its own town, or set GT_TMUX_SOCKET to give this town a tmux server of its own.',
  })
}

/** Whose the session is, in words; undefined when it is ours. */
async function foreignOwner(
  session: Session,
  role: RoleDefinition,
  ref: RoleRef,
): Promise<string | undefined> {
  const {labels, environmentRoot} = session
  const ourRoot = ref.rig.town.realRoot
  if (labels.town === undefined) {
    if (environmentRoot === undefined) return 'no town: gt did not start it'
    return (await resolved(environmentRoot)) === ourRoot ? undefined : `another town: ${environmentRoot}`
  }
  if (labels.town !== ourRoot) return `another town: ${labels.town}`
  if (labels.rig === ref.rig.name && labels.role === role.name) return undefined
  return `the ${labels.role} of rig '${labels.rig}'`
}

/** With links resolved; a path that leads nowhere stays as it is and matches no town. */
async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'ELOOP') return path
    throw error
  }
}
