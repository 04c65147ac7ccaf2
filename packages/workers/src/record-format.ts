export const EXITS = ['COMPLETED', 'ESCALATED', 'DEFERRED', 'PHASE_COMPLETE'] as const
export type ExitWord = (typeof EXITS)[number]

const MERGE_REQUESTS = ['none', 'open', 'merged'] as const

/** What is known of a worker beside its sandbox and session, with the keys of its file. Times are ISO 8601. */
export interface WorkerRecord {
  version: 1
  name: string
  /**
   * Random text that tells this life of the name, from its spawn to its removal, from every other. Its sessions come
   * and go in one life, each with an incarnation of its own.
   */
  incarnation: string
  task: string | null
  branch: string
  /** The branch of the origin that the work began from; its default one where that is not known. */
  base: string
  /** The agent that was asked for, where it is not the configured one. */
  agent?: string
  spawned_at: string
  /** How the worker said that it ended, which commit it pushed then, and when. */
  exit?: ExitWord
  head?: string
  done_at?: string
  /** What became of its merge request; gt writes none, others may. */
  merge_request?: (typeof MERGE_REQUESTS)[number]
}

/**
 * Takes what a file holds for the record of the worker of that name; undefined where it is none. Other programs may
 * add keys of their own, which are left out, and give times in milliseconds since the epoch.
 */
export function parseRecord(name: string, value: unknown): WorkerRecord | undefined {
  const record: Untrusted = value ?? {}
  const {incarnation, task, branch, base, agent} = record
  const spawned_at = timeOf(record.spawned_at)
  const end = parseEnd(record)
  if (record.version !== 1 || record.name !== name || end === undefined) return undefined
  if (!isText(incarnation) || !isText(branch) || !isText(base) || spawned_at === undefined) return undefined
  if (task !== null && !isText(task)) return undefined
  return {
    version: 1,
    name,
    incarnation,
    task,
    branch,
    base,
    ...(isText(agent) && {agent}),
    spawned_at,
    ...end,
  }
}

type Untrusted = Partial<Record<keyof WorkerRecord, unknown>>

type End = Pick<WorkerRecord, 'exit' | 'head' | 'done_at' | 'merge_request'>

/** Undefined where how or when the work ended makes no sense: such a worker must not pass for one at work, or done. */
function parseEnd({exit, head, done_at, merge_request}: Untrusted): End | undefined {
  const at = timeOf(done_at)
  if (exit !== undefined && !isOneOf(EXITS, exit)) return undefined
  if (done_at !== undefined && at === undefined) return undefined
  return {
    ...(exit !== undefined && {exit}),
    ...(isText(head) && {head}),
    ...(at !== undefined && {done_at: at}),
    ...(isOneOf(MERGE_REQUESTS, merge_request) && {merge_request}),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

function isOneOf<Word>(words: readonly Word[], value: unknown): value is Word {
  return words.some((word) => word === value)
}

/** The time in ISO 8601, or as the file gives it; undefined where it is none. */
function timeOf(value: unknown): string | undefined {
  if (isText(value)) return Number.isNaN(Date.parse(value)) ? undefined : value
  if (typeof value !== 'number') return undefined
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
