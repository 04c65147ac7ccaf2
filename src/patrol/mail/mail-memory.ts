import * as v from '@gtown/sdk/schema'

export const REPORT_KINDS = ['done', 'shutdown', 'merged', 'merge failed'] as const

const lastReport = v.openObject({
  id: v.text,
  is: v.picklist(REPORT_KINDS),
  /** Milliseconds since the epoch. */
  at: v.number,
  branch: v.nullable(v.text),
  /** Whether its work waits to be merged; null when it does not say. */
  mergeRequest: v.nullable(v.wordOr(['open', 'none'], null)),
  /** How the work ended; null when it does not say. */
  exit: v.nullable(v.text),
  text: v.text,
})

/** The newest report about a worker's work, kept as long as that life and branch exist. */
export type LastReport = v.InferOutput<typeof lastReport>

const helpRequest = v.openObject({
  id: v.text,
  /** Milliseconds since the epoch. */
  at: v.number,
  text: v.text,
  /** True once the worker was seen waiting. When it works again after that, it has got help. */
  waits: v.boolean(),
})

/** A worker's request for help. */
export type HelpRequest = v.InferOutput<typeof helpRequest>

const workerMail = v.openObject({
  incarnation: v.nullable(v.text),
  word: v.nullable(lastReport),
  plea: v.nullable(helpRequest),
})

/** What messages said about one life of a worker. The keys are those of the state file. */
export type WorkerMail = v.InferOutput<typeof workerMail>

const unmatchedMessage = v.openObject({
  id: v.text,
  cause: v.text,
  detail: v.text,
  /** When it was read, in milliseconds since the epoch. */
  since: v.number,
})

/** A message about no existing worker, which a person must see. */
export type UnmatchedMessage = v.InferOutput<typeof unmatchedMessage>

export const mailMemory = v.openObject({
  /** Ids of applied messages, the newest last. */
  treated: v.listOf(v.text),
  workers: v.recordOf(workerMail),
  strays: v.listOf(unmatchedMessage),
})

/** Memory of messages. The keys are those of the state file. */
export type MailMemory = v.InferOutput<typeof mailMemory>

export const NO_MAIL: MailMemory = {treated: [], workers: {}, strays: []}

/** An ongoing matter that a person must know about. */
export interface Alert {
  /** The id of the message. */
  id: string
  cause: string
  detail: string
}

/** The ongoing alerts from messages. */
export function alertsOf({workers, strays}: MailMemory): Alert[] {
  const ofWorkers = Object.entries(workers).flatMap(([name, {word: report, plea: request}]) => [
    ...(request ? [{id: request.id, cause: 'asked for help', detail: `${name}: ${request.text}`}] : []),
    ...(report?.is === 'done' && report.exit === 'ESCALATED' ? [gaveUp(name, report)] : []),
  ])
  return [...ofWorkers, ...strays.map(({id, cause, detail}) => ({id, cause, detail}))]
}

function gaveUp(name: string, {id, branch}: LastReport): Alert {
  const detail = `${name} gave up its work${branch === null ? '' : ` on ${branch}`}`
  return {id, cause: 'left with unfinished work', detail}
}
