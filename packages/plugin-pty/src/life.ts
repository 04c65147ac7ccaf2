import {setTimeout as sleep} from 'node:timers/promises'
import {checkSessionName, type SessionHandle, sessionLost} from '@gtown/sdk'
import {isAbandoned} from '@gtown/sdk/files'
import {checkFolders} from './directory.js'
import {unavailable} from './errors.js'
import type {Answers, Ask, RequestTo} from './protocol.js'
import {readPtyRecord, type SessionRecord, socketOf} from './record.js'
import {type Address, askShim, NobodyListens} from './shim-client.js'

/** The folder of this user's sessions. */
export interface Place {
  /** Folders that must belong to this user alone; the last is `directory`. */
  folders: readonly string[]
  directory: string
  env: NodeJS.ProcessEnv
  /** Milliseconds to wait for a shim's answer, and for a start or an end in progress to settle. */
  timeoutMs: number
}

/** A session, and its shim's answer; none when the shim has certainly ended. */
export interface Life<A extends Ask> {
  record: SessionRecord
  answer?: Answers[A]
}

/**
 * Sends a request to the shim of the session of that name; undefined when there certainly is no such session. Rejects
 * with `BACKEND_UNAVAILABLE` when the shim is alive but gives no answer.
 */
export async function askSession<A extends Ask>(
  {folders, directory, timeoutMs}: Place,
  name: string,
  request: RequestTo<A>,
): Promise<Life<A> | undefined> {
  checkSessionName(name)
  if (!(await checkFolders(folders))) return undefined
  for (const deadline = Date.now() + timeoutMs; ; await sleep(10)) {
    const record = await readPtyRecord(directory, name)
    // Checked before the request: if the shim ends in between, the next round sees it.
    const abandoned = record !== undefined && (await isAbandoned(record.owner))
    if (record?.phase === 'running') {
      const address = {socket: socketOf(directory, record), name, timeoutMs}
      const answered = await askUnlessGone(address, request)
      if (answered || abandoned) return {record, ...answered}
    } else if (!record || abandoned) return undefined
    // It is being started or removed right now.
    if (Date.now() > deadline) throw unavailable(`session '${name}' neither starts nor ends`)
  }
}

/** Like `askSession`, for one life. Rejects with `SESSION_LOST` when that life is over. */
export async function askLife<A extends Ask>(
  place: Place,
  handle: SessionHandle,
  request: RequestTo<A>,
): Promise<Life<A>> {
  const life = await askSession(place, handle.name, request)
  if (life?.record.incarnation !== handle.incarnation) throw sessionLost(handle.name)
  return life
}

async function askUnlessGone<A extends Ask>(
  address: Address,
  request: RequestTo<A>,
): Promise<{answer: Answers[A]} | undefined> {
  try {
    return {answer: await askShim(address, request)}
  } catch (error) {
    if (error instanceof NobodyListens) return undefined
    throw error
  }
}
