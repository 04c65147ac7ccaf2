import {randomUUID} from 'node:crypto'
import {join} from 'node:path'
import type {TownEvent} from './event.js'
import {appendLines} from './rotating-log.js'

export const eventFile = (townRoot: string) => join(townRoot, '.events.jsonl')

/** The last rotated log. */
export const previousEventFile = (townRoot: string) => `${eventFile(townRoot)}.1`

export type NewEvent = Omit<TownEvent, 'ts' | 'id' | 'source'>

/**
 * Appends events to the town's log, all lines or none, even with concurrent writers. See `appendLines`. Rejects with
 * `UNWRITABLE`.
 */
export async function appendEvents(townRoot: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const file = eventFile(townRoot)
  const ts = new Date().toISOString()
  const lines = events.map(({type, actor, payload, visibility}) =>
    JSON.stringify({ts, id: randomUUID(), source: 'gt', type, actor, payload, visibility}),
  )
  await appendLines(file, lines, 0o644)
}
