import {rm} from 'node:fs/promises'
import {
  checkSessionSpec,
  INFRA_MARKER,
  incarnationOf,
  type Killer,
  type Session,
  type SessionSpec,
  sessionExists,
} from '@gtown/sdk'
import {isAbandoned, makeStamp} from '@gtown/sdk/files'
import {type Birth, environmentOf} from './birth.js'
import {makeFolders} from './directory.js'
import {unavailable} from './errors.js'
import {inspect} from './inspect.js'
import type {Place} from './life.js'
import {
  newId,
  readPtyRecord,
  removePtyRecord,
  type SessionRecord,
  socketOf,
  withNameLock,
  writePtyRecord,
} from './record.js'
import {ShimProcess} from './shim-process.js'

export interface Services extends Place {
  killer: Killer
}

/** One attempt to start a session. */
interface Attempt {
  birth: Birth
  shim: ShimProcess
  /** The first process's pid, once it is known. */
  pid?: number
}

/**
 * Starts a session: claims its name, starts its shim, and commits. When the start is killed before the commit, the shim
 * and the first process end with it. Its record stays, and the next start takes the name over.
 */
export async function start(services: Services, spec: SessionSpec, signal?: AbortSignal): Promise<Session> {
  signal?.throwIfAborted()
  await checkSessionSpec(spec)
  const record = await newRecord(spec)
  await makeFolders(services.folders)
  const command = await services.killer.contain(spec.command)
  signal?.throwIfAborted()
  await claim(services.directory, record)
  const {directory, env} = services
  const socket = socketOf(directory, record)
  const birth = {directory, socket, record, command, cwd: spec.cwd, env: environmentOf(spec, env, socket)}
  const attempt: Attempt = {birth, shim: new ShimProcess(env)}
  try {
    return await launch(services, attempt, signal)
  } catch (error) {
    await remove(services, attempt, error)
    throw error
  }
}

async function newRecord(spec: SessionSpec): Promise<SessionRecord> {
  const {GT_SESSION_ID: marker, GT_ROOT: environmentRoot} = spec.env
  return {
    phase: 'starting',
    owner: await makeStamp(),
    name: spec.name,
    id: newId(),
    incarnation: incarnationOf(spec),
    agent: '',
    ...(marker && marker !== INFRA_MARKER && {marker}),
    labels: spec.labels,
    createdAt: Date.now(),
    ...(environmentRoot !== undefined && {environmentRoot}),
    stopping: false,
  }
}

/** Claims the name, unless a session has it or another start is about to give it to one. */
async function claim(directory: string, record: SessionRecord): Promise<void> {
  await withNameLock(directory, record.name, async () => {
    const other = await readPtyRecord(directory, record.name)
    if (other && (other.phase === 'running' || !(await isAbandoned(other.owner)))) {
      throw sessionExists(record.name)
    }
    // Left by a start that was killed together with its shim.
    if (other) await rm(socketOf(directory, other), {force: true})
    await writePtyRecord(directory, record)
  })
}

async function launch(services: Services, attempt: Attempt, signal?: AbortSignal): Promise<Session> {
  const {birth, shim} = attempt
  const {pid, owner, agent} = await shim.createSession(birth, signal)
  attempt.pid = pid
  signal?.throwIfAborted()
  await writePtyRecord(services.directory, {...birth.record, phase: 'running', owner, agent})
  shim.release()
  const session = await inspect(services, birth.record.name)
  if (session?.id !== birth.record.id)
    throw unavailable(`session '${birth.record.name}' ended as soon as it was created`)
  return session
}

/** Removes everything that this attempt created, and nothing else. */
async function remove({directory, killer}: Services, attempt: Attempt, error: unknown): Promise<void> {
  const {birth, shim, pid} = attempt
  const {marker} = birth.record
  try {
    if (pid === undefined) await shim.end()
    await killer.end({roots: pid === undefined ? [] : [pid], ...(marker && {marker})}, {graceMs: 0})
    await shim.end()
    await removePtyRecord(directory, birth.record)
  } catch (failure) {
    const [first, second] = [error, failure].map((reason) =>
      reason instanceof Error ? reason.message : reason,
    )
    throw unavailable(`${first}; and its session may be left behind: ${second}`, {cause: error})
  }
}
