import {ErrorCode, hasCode, type Session} from '@gtown/sdk'
import {pidOf} from '@gtown/sdk/files'
import {checkFolders} from './directory.js'
import {askSession, type Place} from './life.js'
import {listNames, readRecord, type SessionRecord} from './record.js'

/** The session of that name, in one round trip to its shim; undefined when there certainly is none. */
export async function inspect(place: Place, name: string): Promise<Session | undefined> {
  const life = await askSession(place, name, {ask: 'inspect'})
  return life && (life.answer ?? {...fromRecord(life.record), liveness: 'dead', exit: life.record.exit ?? {}})
}

/** Of many sessions one that gives no answer must not hold up the others for long. */
const LIST_TIMEOUT_MS = 3000

/**
 * All sessions, or those whose name begins with the prefix, each asked at the same time. One whose shim gives no
 * answer is there with its liveness unknown.
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
    const record = hasCode(error, ErrorCode.backendUnavailable) && (await readRecord(place.directory, name))
    if (!record) throw error
    return {...fromRecord(record), liveness: 'unknown'}
  }
}

/** What the record alone says of a session. */
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
