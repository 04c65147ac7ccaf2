import * as v from '@gtown/sdk/schema'

export const EXITS = ['COMPLETED', 'ESCALATED', 'DEFERRED', 'PHASE_COMPLETE'] as const
export type ExitWord = (typeof EXITS)[number]

/** A time as text, unchanged, or as ISO 8601 when the file has milliseconds since the epoch, as other programs write. */
const time = v.union([
  v.timeText,
  v.pipe(
    v.number,
    v.check((ms) => !Number.isNaN(new Date(ms).getTime())),
    v.transform((ms) => new Date(ms).toISOString()),
  ),
])

/** Unknown keys, which other programs may add, are left out. */
const format = v.pipe(
  v.objectOf({
    version: v.literal(1),
    name: v.text,
    /**
     * Random id of this life of the name, from its spawn to its removal. Several sessions may come and go in one life,
     * each with its own incarnation.
     */
    incarnation: v.someText,
    task: v.nullable(v.someText),
    branch: v.someText,
    /** The branch of the origin on which the work is based; the default branch if unknown. */
    base: v.someText,
    /** The requested agent, if it is not the configured one. */
    agent: v.ifValid(v.someText),
    spawned_at: time,
    /**
     * How the worker's work ended, with the pushed commit and the time. An invalid end makes the whole record invalid, since
     * the worker must not pass for one that is working or done.
     */
    exit: v.optional(v.picklist(EXITS)),
    head: v.ifValid(v.someText),
    done_at: v.optional(time),
    /** The state of its merge request. gt writes none, but other programs may. */
    merge_request: v.ifValid(v.picklist(['none', 'open', 'merged'])),
  }),
  v.transform(v.withoutAbsent),
)

/** A worker's record, with the keys of its file. Times are ISO 8601. */
export type WorkerRecord = v.InferOutput<typeof format>

/** The record of the worker of that name. */
export function recordOf(name: string): v.GenericSchema<unknown, WorkerRecord> {
  return v.pipe(
    format,
    v.check((record) => record.name === name),
  )
}
