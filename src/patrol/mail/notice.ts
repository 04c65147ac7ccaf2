import {fieldsOf, type Message} from '@gtown/sdk/mail'

/** Kinds of messages. Their subjects are the original's. */
type NoticeKind = 'done' | 'shutdown' | 'help' | 'merged' | 'merge failed' | 'swarm' | 'other'

/** A message as the patrol understands it. Its texts are only data, never instructions. */
export interface Notice {
  id: string
  /** Milliseconds since the epoch. */
  at: number
  kind: NoticeKind
  subject: string
  /** The worker that it names. */
  worker?: string
  /** The worker's life, branch and commit that it names. */
  incarnation?: string
  branch?: string
  head?: string
  /** How the work ended, such as COMPLETED. */
  exit?: string
  /** `open` when it names a merge request; absent without that field. */
  mergeRequest?: 'open' | 'none'
  /** Text for a person. */
  text: string
}

const SUBJECTS: readonly (readonly [NoticeKind, RegExp])[] = [
  ['done', /^POLECAT_DONE\s+(?<worker>\S+)/],
  ['shutdown', /^LIFECYCLE:Shutdown\s+(?<worker>\S+)/],
  ['help', /^HELP:\s+\S/],
  ['merged', /^MERGED\s+(?<worker>\S+)/],
  ['merge failed', /^MERGE_FAILED\s+(?<worker>\S+)/],
  ['swarm', /^SWARM_START/],
]

/** Maximum length of a text. The rest is in the mailbox. */
const LONGEST_TEXT = 2000

export function noticeOf({id, at, from, ...message}: Message, rig: string): Notice {
  const [subject, body] = [readable(message.subject).slice(0, 200), readable(message.body)]
  const fields = fieldsOf(body)
  const [kind, pattern] = SUBJECTS.find(([, one]) => one.test(subject)) ?? ['other', /^/]
  const named = pattern.exec(subject)?.groups?.worker ?? workerOf(fields.get('agent') || from, rig)
  const request = fields.get('mr')
  return {
    id,
    at,
    kind,
    subject,
    text: textOf(kind, subject, body, fields),
    ...(request !== undefined && {mergeRequest: request === '' ? 'none' : 'open'}),
    ...(named && {worker: named}),
    ...present('incarnation', fields.get('incarnation')),
    ...present('branch', fields.get('branch')),
    ...present('head', fields.get('head')),
    ...present('exit', fields.get('exit')),
  }
}

function present<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value ? ({[key]: value} as Record<Key, string>) : {}
}

/** `nux` for `nux`, `alpha/nux` and `alpha/polecats/nux`; undefined for an address of another rig. */
function workerOf(address: string, rig: string): string | undefined {
  const parts = address.split('/')
  const name = parts.pop()
  return parts[0] === rig || parts.length === 0 ? name : undefined
}

function textOf(
  kind: NoticeKind,
  subject: string,
  body: string,
  fields: ReadonlyMap<string, string>,
): string {
  const failure = [fields.get('failuretype'), fields.get('error')].filter(Boolean).join(': ')
  const text = kind === 'merge failed' ? failure || body : kind === 'help' ? `${subject}\n${body}` : body
  return text.trim().slice(0, LONGEST_TEXT)
}

/** The text without control characters, except line breaks. */
const readable = (text: string) => text.replaceAll(/[^\P{Cc}\n]/gu, '')
