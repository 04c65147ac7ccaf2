import {setTimeout as sleep} from 'node:timers/promises'
import {checkSessionName, type SessionHandle, sessionLost} from '@gtown/sdk'
import {isAbandoned} from '@gtown/sdk/files'
import {checkFolders} from './directory.js'
import {unavailable} from './errors.js'
import type {Answers, Ask, RequestTo} from './protocol.js'
import {readRecord, type SessionRecord, socketOf} from './record.js'
import {type Address, ask, NobodyListens} from './shim-client.js'

/** Where the sessions of this user are. */
export interface Place {
  /** Those that must be ours alone; the last is `directory`. */
  folders: readonly string[]
  directory: string
  env: NodeJS.ProcessEnv
  /** Milliseconds to wait for a shim's answer, and for a start or an end in progress to settle. */
  timeoutMs: number
}

/** A session, and what its shim answered; no answer where the shim has certainly ended. */
export interface Life<A extends Ask> {
  record: SessionRecord
  answer?: Answers[A]
}

/**
 * Asks the shim of the session of that name; undefined when there certainly is no such session. Rejects with
 * `BACKEND_UNAVAILABLE` when the shim lives and gives no answer.
 */
export async function askSession<A extends Ask>(
  {folders, directory, timeoutMs}: Place,
  name: string,
  request: RequestTo<A>,
): Promise<Life<A> | undefined> {
  checkSessionName(name)
  if (!(await checkFolders(folders))) return undefined
  for (const deadline = Date.now() + timeoutMs; ; await sleep(10)) {
    const record = await readRecord(directory, name)
    // Before the question: a shim that ends after it is found to have ended the next time.
    const abandoned = record !== undefined && (await isAbandoned(record.owner))
    if (record?.phase === 'running') {
      const address = {socket: socketOf(directory, record), name, timeoutMs}
      const answered = await askUnlessGone(address, request)
      if (answered || abandoned) return {record, ...answered}
    } else if (!record || abandoned) return undefined
    // It is about to be a session, or about to be none.
    if (Date.now() > deadline) throw unavailable(`session '${name}' neither starts nor ends`)
  }
}

/** As `askSession`, for one life. Rejects with `SESSION_LOST` when that is over. */
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
    return {answer: await ask(address, request)}
  } catch (error) {
    if (error instanceof NobodyListens) return undefined
    throw error
  }
}
