import {randomUUID} from 'node:crypto'
import {constants} from 'node:fs'
import {type FileHandle, open, rename, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {hasErrno, unwritable, withFileLock} from '@gtown/sdk/files'
import type {TownEvent} from './event.js'

/** A log that is larger is renamed, and a new one begun. */
const LARGEST_BYTES = 10 * 1024 * 1024

/** How many renamed ones are kept: `.events.jsonl.1` is the newest. */
const KEPT = 3

export const eventFile = (townRoot: string) => join(townRoot, '.events.jsonl')

/** The log that was written to before this one. */
export const previousEventFile = (townRoot: string) => `${eventFile(townRoot)}.1`

export type NewEvent = Omit<TownEvent, 'ts' | 'id' | 'source'>

/**
 * Adds events to the log of the town, whole lines or none, whoever writes there at the same time. A last line that was
 * torn stays a line of its own. Rejects with `UNWRITABLE`.
 */
export async function appendEvents(townRoot: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const file = eventFile(townRoot)
  const ts = new Date().toISOString()
  const lines = events.map(({type, actor, payload, visibility}) =>
    JSON.stringify({ts, id: randomUUID(), source: 'gt', type, actor, payload, visibility}),
  )
  await withFileLock(file, async () => {
    try {
      await append(file, `${lines.join('\n')}\n`)
    } catch (error) {
      throw unwritable(file, error)
    }
  })
}

async function append(file: string, text: string): Promise<void> {
  if ((await sizeOf(file)) > LARGEST_BYTES) await rotate(file)
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW
  const handle = await open(file, flags, 0o644)
  try {
    const {size} = await handle.stat()
    // One write: others, who may not know our lock, come before it or after it.
    await handle.writeFile((await isTorn(handle, size)) ? `\n${text}` : text)
  } finally {
    await handle.close()
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return 0
    throw error
  }
}

async function isTorn(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false
  const {buffer} = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] !== 0x0a
}

async function rotate(file: string): Promise<void> {
  for (let number = KEPT; number > 0; number--) {
    await renameIfThere(number === 1 ? file : `${file}.${number - 1}`, `${file}.${number}`)
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!hasErrno(error, 'ENOENT')) throw error
  }
}
