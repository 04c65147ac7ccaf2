import {type AgentState, shorten} from '@gtown/sdk'
import type {Letter} from '@gtown/sdk/mail'
import type {Heard} from './hear.js'
import type {MailMemory, Plea, Stray, WorkerMail} from './mail-memory.js'
import {type Notice, noticeOf} from './notice.js'

/** So many ids are remembered; far more than are read at once. */
const KEPT_IDS = 500

/** So long a person is told of what is about no worker that is there. */
const STRAY_MS = 24 * 60 * 60_000

/** Of more at a time nobody is told: they are in the log. */
const MOST_STRAYS = 20

/**
 * What has come and was not treated before, each once, the oldest first. None is newer than now, whatever the clock of
 * whoever wrote it said: it would outdo all that come after it.
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

/** What is remembered of messages after a cycle, and what became of those that are about no worker. */
export function settleMail(
  before: MailMemory,
  notices: readonly Notice[],
  workers: ReadonlyMap<string, WorkerMail>,
  {heard, now}: {heard: readonly Heard[]; now: number},
): {mail: MailMemory; heard: Heard[]} {
  const known = new Map(heard.map((one) => [one.id, one]))
  const lasting = before.strays.filter(({since}) => now - since < STRAY_MS)
  const strays = notices
    .flatMap((notice) => strayOf(notice, known.get(notice.id), now))
    .slice(0, Math.max(0, MOST_STRAYS - lasting.length))
  const told = new Set(strays.map(({id}) => id))
  return {
    mail: {
      treated: [...before.treated, ...notices.map(({id}) => id)].slice(-KEPT_IDS),
      workers: Object.fromEntries([...workers].filter(([, {word, plea}]) => word || plea)),
      strays: [...lasting, ...strays],
    },
    heard: notices.map((notice) => outcomeOf(notice, known.get(notice.id), told.has(notice.id))),
  }
}

/** A person has to know of it although no worker does: nobody else will. */
function strayOf(
  {id, kind, worker, branch, text, subject}: Notice,
  heard: Heard | undefined,
  since: number,
): Stray[] {
  if (kind === 'help' && !heard) return [{id, cause: 'asked for help', detail: text, since}]
  if (kind !== 'merge failed' || heard?.acted) return []
  const whose = `${shorten(branch ?? subject, 200)}, on which ${worker} works no longer`
  return [{id, cause: 'left with a failed merge', detail: `${whose}${text && `: ${text}`}`, since}]
}

function outcomeOf({id, subject, worker, kind}: Notice, heard: Heard | undefined, isTold: boolean): Heard {
  if (isTold) return {id, kind, subject, acted: true, effect: 'a person is told', ...(worker && {worker})}
  if (heard) return heard
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

/** A plea is over when the worker has waited, and works again. */
export function followPlea(plea: Plea | null, state: AgentState | 'unknown'): Plea | null {
  if (!plea) return null
  if (WAITING.has(state)) return {...plea, waits: true}
  return plea.waits && state === 'busy' ? null : plea
}
