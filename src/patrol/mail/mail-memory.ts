import * as v from '@gtown/sdk/schema'

export const WORDS = ['done', 'shutdown', 'merged', 'merge failed'] as const

const word = v.openObject({
  id: v.text,
  is: v.picklist(WORDS),
  /** Milliseconds since the epoch. */
  at: v.number,
  branch: v.nullable(v.text),
  /** Whether its work waits to be merged; null where it does not say. */
  mergeRequest: v.nullable(v.wordOr(['open', 'none'], null)),
  /** How the work ended; null where it does not say. */
  exit: v.nullable(v.text),
  text: v.text,
})

/** What the newest message about a worker's work says, kept as long as that life and branch are there. */
export type Word = v.InferOutput<typeof word>

const plea = v.openObject({
  id: v.text,
  /** Milliseconds since the epoch. */
  at: v.number,
  text: v.text,
  /** True once it was seen to wait: when it works again after that, it was helped. */
  waits: v.boolean(),
})

/** A worker asked for help. */
export type Plea = v.InferOutput<typeof plea>

const workerMail = v.openObject({
  incarnation: v.nullable(v.text),
  word: v.nullable(word),
  plea: v.nullable(plea),
})

/** What messages said of one life of a worker. */
export type WorkerMail = v.InferOutput<typeof workerMail>

const stray = v.openObject({
  id: v.text,
  cause: v.text,
  detail: v.text,
  /** Milliseconds since the epoch: when it was read. */
  since: v.number,
})

/** What a person has to be told of a message that is about no worker that is there. */
export type Stray = v.InferOutput<typeof stray>

export const mailMemory = v.openObject({
  /** The ids of the messages that had their effect, the newest last. */
  treated: v.listOf(v.text),
  workers: v.recordOf(workerMail),
  strays: v.listOf(stray),
})

/** What is remembered of messages. */
export type MailMemory = v.InferOutput<typeof mailMemory>

export const NO_MAIL: MailMemory = {treated: [], workers: {}, strays: []}

/** What a person is to be told of as long as it is so. */
export interface Call {
  /** The id of the message. */
  id: string
  cause: string
  detail: string
}

/** What messages want a person for. */
export function callsOf({workers, strays}: MailMemory): Call[] {
  const ofWorkers = Object.entries(workers).flatMap(([name, {word, plea}]) => [
    ...(plea ? [{id: plea.id, cause: 'asked for help', detail: `${name}: ${plea.text}`}] : []),
    ...(word?.is === 'done' && word.exit === 'ESCALATED' ? [givenUp(name, word)] : []),
  ])
  return [...ofWorkers, ...strays.map(({id, cause, detail}) => ({id, cause, detail}))]
}

function givenUp(name: string, {id, branch}: Word): Call {
  const detail = `${name} gave its work up${branch === null ? '' : ` on ${branch}`}`
  return {id, cause: 'left with unfinished work', detail}
}
