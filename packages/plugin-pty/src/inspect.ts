import {ErrorCode, hasCode, type Session} from '@gtown/sdk'
import {pidOf} from '@gtown/sdk/files'
import {checkFolders} from './directory.js'
import {askSession, type Place} from './life.js'
import {listNames, readPtyRecord, type SessionRecord} from './record.js'

/** The session of that name, from one round trip to its shim; undefined when there certainly is none. */
export async function inspect(place: Place, name: string): Promise<Session | undefined> {
  const life = await askSession(place, name, {ask: 'inspect'})
  return life && (life.answer ?? {...fromRecord(life.record), liveness: 'dead', exit: life.record.exit ?? {}})
}

/** Shorter limit for a list: one silent session must not delay the others for long. */
const LIST_TIMEOUT_MS = 3000

/**
 * All sessions, or those whose name begins with the prefix, all queried at the same time. A session whose shim gives
 * no answer is listed with liveness `unknown`.
 */
export async function list(place: Place, prefix = ''): Promise<Session[]> {
  if (!(await checkFolders(place.folders))) return []
  const soon = {...place, timeoutMs: Math.min(place.timeoutMs, LIST_TIMEOUT_MS)}
  const names = (await listNames(place.directory)).filter((name) => name.startsWith(prefix))
  const sessions = await Promise.all(names.toSorted().map((name) => inspectOrUnknown(soon, name)))
  return sessions.flatMap((session) => session ?? [])
}

async function inspectOrUnknown(place: Place, name: string): Promise<Session | undefined> {
  try {
    return await inspect(place, name)
  } catch (error) {
    const record =
      hasCode(error, ErrorCode.backendUnavailable) && (await readPtyRecord(place.directory, name))
    if (!record) throw error
    return {...fromRecord(record), liveness: 'unknown'}
  }
}

/** The session as its record alone describes it. */
function fromRecord(record: SessionRecord): Omit<Session, 'liveness'> {
  const {name, id, incarnation, agent, createdAt, stopping, labels, environmentRoot} = record
  return {
    name,
    id,
    incarnation,
    pid: pidOf(agent),
    createdAt,
    lastActivityAt: createdAt,
    attached: 0,
    stopping,
    labels,
    ...(environmentRoot !== undefined && {environmentRoot}),
  }
}
