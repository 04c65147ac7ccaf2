/** What the newest message about a worker's work says, kept as long as that life and branch are there. */
export interface Word {
  id: string
  is: 'done' | 'shutdown' | 'merged' | 'merge failed'
  /** Milliseconds since the epoch. */
  at: number
  branch: string | null
  /** Whether its work waits to be merged; null where it does not say. */
  mergeRequest: 'open' | 'none' | null
  /** How the work ended; null where it does not say. */
  exit: string | null
  text: string
}

/** A worker asked for help. */
export interface Plea {
  id: string
  /** Milliseconds since the epoch. */
  at: number
  text: string
  /** True once it was seen to wait: when it works again after that, it was helped. */
  waits: boolean
}

/** What messages said of one life of a worker. */
export interface WorkerMail {
  incarnation: string | null
  word: Word | null
  plea: Plea | null
}

/** What a person has to be told of a message that is about no worker that is there. */
export interface Stray {
  id: string
  cause: string
  detail: string
  /** Milliseconds since the epoch: when it was read. */
  since: number
}

/** What is remembered of messages. */
export interface MailMemory {
  /** The ids of the messages that had their effect, the newest last. */
  treated: readonly string[]
  workers: Readonly<Record<string, WorkerMail>>
  strays: readonly Stray[]
}

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
