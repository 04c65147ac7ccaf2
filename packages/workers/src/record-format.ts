import * as v from '@gtown/sdk/schema'

export const EXITS = ['COMPLETED', 'ESCALATED', 'DEFERRED', 'PHASE_COMPLETE'] as const
export type ExitWord = (typeof EXITS)[number]

/** The time in ISO 8601, or as the file gives it. Other programs also give milliseconds since the epoch. */
const time = v.union([
  v.timeText,
  v.pipe(
    v.number,
    v.check((ms) => !Number.isNaN(new Date(ms).getTime())),
    v.transform((ms) => new Date(ms).toISOString()),
  ),
])

/** Other programs may add keys of their own, which are left out. */
const format = v.pipe(
  v.objectOf({
    version: v.literal(1),
    name: v.text,
    /**
     * Random text that tells this life of the name, from its spawn to its removal, from every other. Its sessions come
     * and go in one life, each with an incarnation of its own.
     */
    incarnation: v.someText,
    task: v.nullable(v.someText),
    branch: v.someText,
    /** The branch of the origin that the work began from; its default one where that is not known. */
    base: v.someText,
    /** The agent that was asked for, where it is not the configured one. */
    agent: v.ifValid(v.someText),
    spawned_at: time,
    /**
     * How the worker said that it ended, which commit it pushed then, and when. Of an end that makes no sense the whole
     * record is none: such a worker must not pass for one at work, or done.
     */
    exit: v.optional(v.picklist(EXITS)),
    head: v.ifValid(v.someText),
    done_at: v.optional(time),
    /** What became of its merge request; gt writes none, others may. */
    merge_request: v.ifValid(v.picklist(['none', 'open', 'merged'])),
  }),
  v.transform(v.withoutAbsent),
)

/** What is known of a worker beside its sandbox and session, with the keys of its file. Times are ISO 8601. */
export type WorkerRecord = v.InferOutput<typeof format>

/** The record of the worker of that name. */
export function recordOf(name: string): v.GenericSchema<unknown, WorkerRecord> {
  return v.pipe(
    format,
    v.check((record) => record.name === name),
  )
}
