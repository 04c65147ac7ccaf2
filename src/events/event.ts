import {parseJson} from '@gtown/sdk/files'
import * as v from '@gtown/sdk/schema'

/** One line of the town's log of events, in the original's format and with an id. */
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

/** What the original wrote has no id, and what others wrote may have less. */
const format = v.openObject({
  ts: v.text,
  type: v.text,
  actor: v.fallback(v.text, ''),
  payload: v.fallback(v.recordOf(v.unknown()), {}),
})

/** An event as it is read: all that stands in its line, of which this much is sure. */
export type ReadEvent = v.InferOutput<typeof format>

/** What a line says; undefined for one that is torn, or no event. */
export function parseEvent(line: string): ReadEvent | undefined {
  const {success, output} = v.safeParse(format, parseJson(line))
  return success ? output : undefined
}
