import {parseJson} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'

/** One line of the town's event log, in the original's format with an additional id. */
export interface TownEvent {
  /** ISO 8601. */
  ts: string
  /** Unique. */
  id: string
  source: 'gt'
  type: string
  /** Who did it, such as `greenplace/witness`. */
  actor: string
  payload: Readonly<Record<string, unknown>>
  /** `feed`: for people; `audit`: for investigations. */
  visibility: 'feed' | 'audit'
}

/** Lines of the original have no id, and lines of other programs may lack more. */
const format = v.openObject({
  ts: v.text,
  type: v.text,
  actor: v.fallback(v.text, ''),
  payload: v.fallback(v.recordOf(v.unknown()), {}),
})

/** An event as read from the log: all keys of its line, of which these are guaranteed. */
export type ReadEvent = v.InferOutput<typeof format>

/** Parses a line; undefined for a torn line, or one that is not an event. */
export function parseEvent(line: string): ReadEvent | undefined {
  const {success, output} = v.safeParse(format, parseJson(line))
  return success ? output : undefined
}
