import {readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {type Exit, placeOf, type RoleDefinition, type Session, type SessionBackend} from '@gtown/sdk'
import {isThere, makeOwnFolder, replacePrivateFile} from '@gtown/sdk/files'
import type {AgentRef, AgentRole} from './agent-ref.js'
import {deathReason} from './exit-words.js'
import {lastLines, redact, secretsOf} from './screen.js'
import type {Services} from './services.js'

/** Number of post-mortems kept for a role in a rig. Older ones are removed. */
const KEPT = 10

/** The part of a role that tells which environment values are not secret. */
export type PostMortemRole = Pick<RoleDefinition, 'name' | 'env'>

export interface DeadSession {
  backend: SessionBackend
  session: Session
  /** How the agent ended, if the caller knows already. Secrets in the screen are already hidden. */
  findings?: {reason: string; exit?: Exit; screen: readonly string[]}
}

/**
 * Saves how an agent ended and its last screen in a file under `<rig>/.runtime/post-mortem/` that only its owner can
 * read, because the session is about to be removed. Idempotent: one file per incarnation. Keeps the newest ten files
 * of the role.
 *
 * Never rejects. If the file cannot be written, warns in one line.
 *
 * @returns the file's absolute path; undefined if none was written, as for a session that is being stopped
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
    // The start knows more about how its agent ended than another observer, so it replaces that observer's file.
    if (findings || !(await isThere(file))) {
      await replacePrivateFile(file, `${JSON.stringify(await describe(agent, dead), null, 2)}\n`)
      await removeOldest(folder, agent.role)
    }
    return file
  } catch (error) {
    // Catch everything: the command must not fail because of this file.
    const [what] = (error as Error).message.split('\n', 1)
    services.warn(`the post-mortem of session '${session.name}' could not be kept: ${what}`)
    return undefined
  }
}

/** Returns the folder and creates it if missing. Rejects if it is a link, which might lead out of the rig. */
async function ownFolder(place: string): Promise<string> {
  const runtime = join(place, '.runtime')
  await makeOwnFolder(runtime, 0o755)
  const folder = join(runtime, 'post-mortem')
  await makeOwnFolder(folder, 0o700)
  return folder
}

/** The creation time comes first, so that names sort by age. All observers of one death build the same name. */
function fileName(role: AgentRole, {createdAt, incarnation}: Session): string {
  const born = new Date(createdAt).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `${safe(role.name)}-${born}-${safe(incarnation)}.json`
}

/** Makes a name from a plugin safe as part of a file name. */
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

/** Empty if the secrets are unknown, because agents may print them. */
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
