import {WORDS, type Word, type WorkerMail} from './mail-memory.js'
import type {Notice} from './notice.js'

/** Who a worker is at the moment, to tell it from others that had its name. */
export interface Identity {
  name: string
  incarnation: string | undefined
  branch: string | undefined
  head: string | undefined
  /** Milliseconds since the epoch: the beginning of its session, or of its life where it has none. */
  bornAt: number
}

/** What became of a message. */
export interface Heard {
  id: string
  kind: Notice['kind']
  subject: string
  worker?: string
  acted: boolean
  /** In a few words; why not, where it had no effect. */
  effect: string
}

/** What is remembered of a worker after these messages, of which each has its effect at most once. */
export function hear(
  before: WorkerMail | undefined,
  notices: readonly Notice[],
  who: Identity,
): {mail: WorkerMail; heard: Heard[]} {
  let mail = ofThisLife(before, who)
  const heard: Heard[] = []
  for (const notice of notices.filter(({worker}) => worker === who.name)) {
    const {change, says: effect} = effectOf(mail, notice, who)
    mail = {...mail, ...change}
    const {id, kind, subject} = notice
    heard.push({id, kind, subject, worker: who.name, acted: change !== undefined, effect})
  }
  return {mail, heard}
}

/** What was said of another life, or of a branch that it has left, is forgotten. */
function ofThisLife(before: WorkerMail | undefined, {incarnation, branch}: Identity): WorkerMail {
  // An id that cannot be read just now makes no other life.
  const isSame = before && (incarnation === undefined || before.incarnation === incarnation)
  if (!isSame) return {incarnation: incarnation ?? null, word: null, plea: null}
  const {word} = before
  const isLeft = word && word.branch !== null && branch !== undefined && word.branch !== branch
  return isLeft ? {...before, word: null} : before
}

function effectOf(
  mail: WorkerMail,
  notice: Notice,
  who: Identity,
): {says: string; change?: Partial<WorkerMail>} {
  const reason = whyNot(notice, who)
  if (reason !== undefined) return {says: reason}
  const {id, at, kind, text} = notice
  if (kind === 'help') return {says: 'help is wanted', change: {plea: {id, at, text, waits: false}}}
  if (!isWord(kind)) return {says: 'it asks for nothing'}
  if (mail.word && mail.word.at > at) return {says: 'a newer one is known'}
  const {branch = null, exit = null, mergeRequest = null} = notice
  const word = {id, is: kind, at, branch, mergeRequest, exit, text}
  // Who is done, or is to end, waits for no help.
  const ends = kind === 'done' || kind === 'shutdown'
  return {says: kind, change: {word, ...(ends && {plea: null})}}
}

const isWord = (kind: Notice['kind']): kind is Word['is'] => WORDS.some((word) => word === kind)

/** Why a message is not about this life, this branch or this commit. */
function whyNot(notice: Notice, {incarnation, branch, head, bornAt}: Identity): string | undefined {
  const {kind, at} = notice
  if (at < bornAt) return 'it is older than the session'
  if (notice.incarnation !== undefined && notice.incarnation !== incarnation)
    return 'it is about another life'
  if (notice.branch !== undefined && notice.branch !== branch) return 'it is about another branch'
  if (notice.head !== undefined && notice.head !== head) return 'it is about another commit'
  const isNamed = notice.incarnation !== undefined || notice.branch !== undefined
  return isNamed || !isWord(kind) ? undefined : 'it names neither a life nor a branch'
}
