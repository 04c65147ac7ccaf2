import {type AgentState, shorten} from '@gtown/sdk'
import type {Letter} from '@gtown/sdk/mail'
import type {AppliedNotice} from './apply-notices.js'
import type {HelpRequest, MailMemory, UnmatchedMessage, WorkerMail} from './mail-memory.js'
import {type Notice, noticeOf} from './notice.js'

/** Number of ids to remember, far more than are read at once. */
const KEPT_IDS = 500

/** How long an unmatched message keeps being escalated. */
const UNMATCHED_MS = 24 * 60 * 60_000

/** Maximum number of unmatched messages to escalate at a time. The others are only logged. */
const MAX_UNMATCHED = 20

/**
 * The messages that were not applied before, each once, the oldest first. A time in the future, from a wrong clock, is
 * set to now: otherwise the message would override all later ones.
 */
export function newNotices(
  letters: readonly Letter[],
  {treated}: MailMemory,
  {rig, now}: {rig: string; now: number},
): Notice[] {
  const seen = new Set(treated)
  return letters
    .flatMap((letter) => ('message' in letter ? [letter.message] : []))
    .filter(({id}) => !seen.has(id) && seen.add(id))
    .map((message) => noticeOf({...message, at: Math.min(message.at, now)}, rig))
    .sort((a, b) => a.at - b.at)
}

/** The mail memory after a cycle, and the effect of every message, including those about no worker. */
export function settleMail(
  before: MailMemory,
  notices: readonly Notice[],
  workers: ReadonlyMap<string, WorkerMail>,
  {applied, now}: {applied: readonly AppliedNotice[]; now: number},
): {mail: MailMemory; applied: AppliedNotice[]} {
  const known = new Map(applied.map((one) => [one.id, one]))
  const lasting = before.strays.filter(({since}) => now - since < UNMATCHED_MS)
  const strays = notices
    .flatMap((notice) => unmatchedOf(notice, known.get(notice.id), now))
    .slice(0, Math.max(0, MAX_UNMATCHED - lasting.length))
  const escalated = new Set(strays.map(({id}) => id))
  return {
    mail: {
      treated: [...before.treated, ...notices.map(({id}) => id)].slice(-KEPT_IDS),
      workers: Object.fromEntries([...workers].filter(([, {word, plea}]) => word || plea)),
      strays: [...lasting, ...strays],
    },
    applied: notices.map((notice) => appliedOf(notice, known.get(notice.id), escalated.has(notice.id))),
  }
}

/** The messages without a worker that a person must see, since nothing else reacts to them. */
function unmatchedOf(
  {id, kind, worker, branch, text, subject}: Notice,
  applied: AppliedNotice | undefined,
  since: number,
): UnmatchedMessage[] {
  if (kind === 'help' && !applied) return [{id, cause: 'asked for help', detail: text, since}]
  if (kind !== 'merge failed' || applied?.acted) return []
  const whose = `${shorten(branch ?? subject, 200)}, on which ${worker} no longer works`
  return [{id, cause: 'left with a failed merge', detail: `${whose}${text && `: ${text}`}`, since}]
}

function appliedOf(
  {id, subject, worker, kind}: Notice,
  applied: AppliedNotice | undefined,
  isEscalated: boolean,
): AppliedNotice {
  if (isEscalated)
    return {id, kind, subject, acted: true, effect: 'a person is notified', ...(worker && {worker})}
  if (applied) return applied
  if (kind === 'swarm') return {id, kind, subject, acted: true, effect: 'noted'}
  return {
    id,
    kind,
    subject,
    acted: false,
    effect: 'it is about no worker of this rig',
    ...(worker && {worker}),
  }
}

const WAITING: ReadonlySet<AgentState | 'unknown'> = new Set(['idle', 'draft', 'question'])

/** A help request is over when the worker has waited, and then works again. */
export function followHelpRequest(
  plea: HelpRequest | null,
  state: AgentState | 'unknown',
): HelpRequest | null {
  if (!plea) return null
  if (WAITING.has(state)) return {...plea, waits: true}
  return plea.waits && state === 'busy' ? null : plea
}
