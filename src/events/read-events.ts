import {open, stat} from 'node:fs/promises'
import {pauseUnlessAborted} from '@gtown/sdk'
import {hasErrno, unreadable} from '@gtown/sdk/files'
import {parseEvent, type ReadEvent} from './event.js'
import {eventFile, previousEventFile} from './event-log.js'

/** Maximum number of bytes to read from the end of a log. */
const TAIL_BYTES = 4 * 1024 * 1024
const PAUSE_MS = 200

/** The position up to which a log has been read. */
interface Position {
  /** Identifies the file after a rotation. */
  inode: number
  offset: number
  /** An incomplete last line. */
  rest: string
}

/**
 * The newest matching events, the oldest first. Torn and invalid lines are left out.
 *
 * @param count maximum number of events
 */
export async function readEvents(
  townRoot: string,
  fits: (event: ReadEvent) => boolean,
  count: number,
): Promise<ReadEvent[]> {
  const files = [previousEventFile(townRoot), eventFile(townRoot)]
  const logs = await Promise.all(files.map((file) => readOn(file, undefined)))
  const events = logs.flatMap((log) => log?.events ?? []).filter(fits)
  return count === 0 ? [] : events.slice(-count)
}

/** Calls `tell` with each new matching event until the signal is aborted. It follows rotated logs. */
export async function followEvents(
  townRoot: string,
  fits: (event: ReadEvent) => boolean,
  {tell, signal}: {tell: (event: ReadEvent) => void; signal: AbortSignal},
): Promise<void> {
  let position = (await readOn(eventFile(townRoot), undefined))?.position ?? BEGINNING
  while (!signal.aborted) {
    const read = await readNew(townRoot, position)
    position = read.position
    for (const event of read.events.filter(fits)) tell(event)
    await pauseUnlessAborted(PAUSE_MS, signal)
  }
}

/** The position in a log that does not exist yet. */
const BEGINNING: Position = {inode: 0, offset: 0, rest: ''}

/** New events since the position. The first part may be in the log that was rotated meanwhile. */
async function readNew(townRoot: string, position: Position): Promise<LogRead> {
  const current = await readOn(eventFile(townRoot), position)
  if (current?.position.inode === position.inode) return current
  const previous = await readOn(previousEventFile(townRoot), position)
  const missed = previous?.position.inode === position.inode ? previous.events : []
  const {events = [], position: next = position} = current ?? {}
  return {events: [...missed, ...events], position: next}
}

interface LogRead {
  events: ReadEvent[]
  position: Position
}

/** Reads from the position if it is of that file, otherwise from the start; without a position, the file's tail. */
async function readOn(file: string, before: Position | undefined): Promise<LogRead | undefined> {
  const found = await sizeOf(file)
  if (!found) return undefined
  const {inode, bytes} = found
  const goesOn = before?.inode === inode && before.offset <= bytes
  const start = goesOn ? before.offset : before ? 0 : Math.max(0, bytes - TAIL_BYTES)
  const text = (goesOn ? before.rest : '') + (await textFrom(file, start, bytes - start))
  const lines = text.split('\n')
  const rest = lines.pop() ?? ''
  const events = lines.map(parseEvent).filter((event) => event !== undefined)
  return {events, position: {inode, offset: bytes, rest}}
}

async function sizeOf(file: string): Promise<{inode: number; bytes: number} | undefined> {
  try {
    const {ino, size} = await stat(file)
    return {inode: ino, bytes: size}
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw unreadable(file, error)
  }
}

async function textFrom(file: string, start: number, length: number): Promise<string> {
  if (length === 0) return ''
  const handle = await open(file, 'r')
  try {
    const {buffer, bytesRead} = await handle.read(Buffer.alloc(length), 0, length, start)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}
