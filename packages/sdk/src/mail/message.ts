/** What one program tells another, as plain text. None of it is ever run, typed as a key or taken for a path. */
export interface Message {
  /** The same in every copy of a message. */
  id: string
  /** Milliseconds since the epoch: when it was written. */
  at: number
  /** Who says so, such as `alpha/nux`; empty where it does not say. */
  from: string
  /** One line, such as `POLECAT_DONE nux`. */
  subject: string
  /** Lines of text, some of them like `Branch: polecat/nux-m1`. */
  body: string
}

/** Ids are remembered: none is longer. */
const LONGEST_ID = 200

/** A message as the text of its file: headers, an empty line, the body. */
export function formatMessage({id, at, from, subject, body}: Message): string {
  const headers = {Subject: subject, From: from, Date: new Date(at).toISOString(), 'Message-Id': id}
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${oneLine(value)}`)
  return `${lines.join('\n')}\n\n${body.replace(/\n*$/, '')}\n`
}

/**
 * Reads the text of a message; undefined for one that was cut, or is none: without a subject, without the empty line
 * after its headers, or without the end of its last line.
 *
 * @param otherwise what counts where the message does not say it
 */
export function parseMessage(text: string, otherwise: Pick<Message, 'id' | 'at'>): Message | undefined {
  const [, head, body] = /^((?:[^\n]+\n)+)\n((?:.*\n)*)$/.exec(text.replaceAll('\r\n', '\n')) ?? []
  if (head === undefined || body === undefined) return undefined
  const headers = fieldsOf(head)
  const subject = headers.get('subject')
  if (!subject) return undefined
  const at = Date.parse(headers.get('date') ?? '')
  return {
    id: headers.get('message-id')?.slice(0, LONGEST_ID) || otherwise.id,
    at: Number.isNaN(at) ? otherwise.at : at,
    from: headers.get('from') ?? '',
    subject,
    body: body.replace(/\n$/, ''),
  }
}

/** The lines of a text that begin like `Branch:`, by the word in lower case; the first of a word counts. */
export function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^\s*([A-Za-z][A-Za-z-]*):(.*)$/.exec(line) ?? []
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}

const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ').trim()
