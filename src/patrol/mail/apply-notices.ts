import {type LastReport, REPORT_KINDS, type WorkerMail} from './mail-memory.js'
import type {Notice} from './notice.js'

/** A worker's current identity, which distinguishes it from earlier ones of its name. */
export interface Identity {
  name: string
  incarnation: string | undefined
  branch: string | undefined
  head: string | undefined
  /** Start of its session, or of its spawn without a session. Milliseconds since the epoch. */
  bornAt: number
}

/** A message and its effect. */
export interface AppliedNotice {
  id: string
  kind: Notice['kind']
  subject: string
  worker?: string
  acted: boolean
  /** The effect in a few words, or why there was none. */
  effect: string
}

/** Applies messages to a worker's mail memory. Each message has its effect at most once. */
export function applyNotices(
  before: WorkerMail | undefined,
  notices: readonly Notice[],
  who: Identity,
): {mail: WorkerMail; applied: AppliedNotice[]} {
  let mail = ofThisLife(before, who)
  const applied: AppliedNotice[] = []
  for (const notice of notices.filter(({worker}) => worker === who.name)) {
    const {change, says: effect} = effectOf(mail, notice, who)
    mail = {...mail, ...change}
    const {id, kind, subject} = notice
    applied.push({id, kind, subject, worker: who.name, acted: change !== undefined, effect})
  }
  return {mail, applied}
}

/** The memory without reports on another life or on a branch that the worker has left. */
function ofThisLife(before: WorkerMail | undefined, {incarnation, branch}: Identity): WorkerMail {
  // A missing incarnation may just be unreadable, and does not mean another life.
  const isSame = before && (incarnation === undefined || before.incarnation === incarnation)
  if (!isSame) return {incarnation: incarnation ?? null, word: null, plea: null}
  const {word: report} = before
  const isLeft = report && report.branch !== null && branch !== undefined && report.branch !== branch
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
  if (kind === 'help') return {says: 'it asks for help', change: {plea: {id, at, text, waits: false}}}
  if (!isReport(kind)) return {says: 'it needs no reaction'}
  if (mail.word && mail.word.at > at) return {says: 'a newer report is known'}
  const {branch = null, exit = null, mergeRequest = null} = notice
  const word = {id, is: kind, at, branch, mergeRequest, exit, text}
  // A worker that is done or being shut down needs no help any more.
  const ends = kind === 'done' || kind === 'shutdown'
  return {says: kind, change: {word, ...(ends && {plea: null})}}
}

const isReport = (kind: Notice['kind']): kind is LastReport['is'] => REPORT_KINDS.some((one) => one === kind)

/** Why a message does not apply to this life, branch or commit; undefined when it does. */
function whyNot(notice: Notice, {incarnation, branch, head, bornAt}: Identity): string | undefined {
  const {kind, at} = notice
  if (at < bornAt) return 'it is older than the session'
  if (notice.incarnation !== undefined && notice.incarnation !== incarnation)
    return 'it is about another life'
  if (notice.branch !== undefined && notice.branch !== branch) return 'it is about another branch'
  if (notice.head !== undefined && notice.head !== head) return 'it is about another commit'
  const isNamed = notice.incarnation !== undefined || notice.branch !== undefined
  return isNamed || !isReport(kind) ? undefined : 'it names neither a life nor a branch'
}
