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

/** What a line says; undefined for one that is torn, or no event. What the original wrote has no id. */
export function parseEvent(line: string): TownEvent | undefined {
  try {
    const event = JSON.parse(line) as Partial<TownEvent> | null
    return typeof event?.type === 'string' && typeof event.ts === 'string' ? (event as TownEvent) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
