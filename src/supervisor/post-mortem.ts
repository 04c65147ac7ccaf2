import {readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {type Exit, placeOf, type RoleDefinition, type Session, type SessionBackend} from '@gtown/sdk'
import {isThere, makeOwnFolder, replacePrivateFile} from '@gtown/sdk/files'
import type {AgentRef, AgentRole} from './agent-ref.js'
import {deathReason} from './exit-words.js'
import {lastLines, redact, secretsOf} from './screen.js'
import type {Services} from './services.js'

/** How many are kept of a role in a rig; older ones are removed. */
const KEPT = 10

/** What of a role says which values of an environment are no secrets. */
export type PostMortemRole = Pick<RoleDefinition, 'name' | 'env'>

export interface DeadSession {
  backend: SessionBackend
  session: Session
  /** What the caller knows of the end already, with a screen that shows no secret. */
  findings?: {reason: string; exit?: Exit; screen: readonly string[]}
}

/**
 * Keeps how an agent ended and what it showed last, in one file under `<rig>/.runtime/post-mortem/` that only its
 * owner can read: the session that tells it is about to go. Idempotent, one file an incarnation. The newest ten of
 * the role stay.
 *
 * Never rejects: a file that cannot be written is warned of in one line.
 *
 * @returns the file's absolute path; undefined when there is none, which a stop that has begun needs none of
 */
export async function keepPostMortem(
  services: Pick<Services, 'warn'>,
  agent: AgentRef<PostMortemRole>,
  dead: DeadSession,
): Promise<string | undefined> {
  const {session, findings} = dead
  if (session.stopping) return undefined
  try {
    const folder = await ownFolder(placeOf(agent))
    const file = join(folder, fileName(agent.role, session))
    // A start knows more of its own agent's end than who came by meanwhile: it replaces what that one kept.
    if (findings || !(await isThere(file))) {
      await replacePrivateFile(file, `${JSON.stringify(await describe(agent, dead), null, 2)}\n`)
      await removeOldest(folder, agent.role)
    }
    return file
  } catch (error) {
    // Whatever it was: the command is about something else, and its outcome must not hang on this file.
    const [what] = (error as Error).message.split('\n', 1)
    services.warn(`the post-mortem of session '${session.name}' could not be kept: ${what}`)
    return undefined
  }
}

/** The folder, made where it is missing. Rejects rather than follow a link: it might lead out of the rig. */
async function ownFolder(place: string): Promise<string> {
  const runtime = join(place, '.runtime')
  await makeOwnFolder(runtime, 0o755)
  const folder = join(runtime, 'post-mortem')
  await makeOwnFolder(folder, 0o700)
  return folder
}

/** The time of birth comes first, so that names sort by age; it is also the same for all who notice the death. */
function fileName(role: AgentRole, {createdAt, incarnation}: Session): string {
  const born = new Date(createdAt).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `${safe(role.name)}-${born}-${safe(incarnation)}.json`
}

/** Names that plugins choose, without what could lead to another folder. */
function safe(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 64)
}

async function describe(
  agent: AgentRef<PostMortemRole>,
  dead: DeadSession,
): Promise<Record<string, unknown>> {
  const {backend, session, findings} = dead
  const exit = findings ? findings.exit : session.exit
  return {
    version: 1,
    ...(agent.rig && {rig: agent.rig.name}),
    role: agent.role.name,
    session: session.name,
    incarnation: session.incarnation,
    ...(session.labels.agent !== undefined && {agent: session.labels.agent}),
    backend: backend.name,
    pid: session.pid,
    started_at: new Date(session.createdAt).toISOString(),
    noticed_at: new Date().toISOString(),
    ...(exit && {exit}),
    reason: findings?.reason ?? deathReason(session),
    screen: findings?.screen ?? (await screenWithoutSecrets(agent, dead)),
  }
}

/** Empty when the secrets are not known, since agents print what hurts them. */
async function screenWithoutSecrets(
  agent: AgentRef<PostMortemRole>,
  {backend, session}: DeadSession,
): Promise<string[]> {
  if (!backend.environment) return []
  const screen = await lastLines(backend, session)
  if (screen.length === 0) return []
  return redact(screen, secretsOf(await backend.environment(session), agent.role.env(agent)))
}

async function removeOldest(folder: string, role: AgentRole): Promise<void> {
  const ofRole = new RegExp(`^${safe(role.name)}-\\d{8}T\\d{6}Z-[^.]*\\.json$`)
  const entries = await readdir(folder, {withFileTypes: true})
  const names = entries.filter((entry) => entry.isFile() && ofRole.test(entry.name)).map(({name}) => name)
  for (const name of names.sort().slice(0, -KEPT)) await rm(join(folder, name), {force: true})
}
