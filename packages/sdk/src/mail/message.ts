/** A plain-text message from one program to another. No part of it is ever executed, typed or used as a path. */
export interface Message {
  /** Identical in every copy of a message. */
  id: string
  /** When it was written, in milliseconds since the epoch. */
  at: number
  /** The sender, such as `alpha/nux`; empty if not given. */
  from: string
  /** One line, such as `POLECAT_DONE nux`. */
  subject: string
  /** Lines of text, some of them like `Branch: polecat/nux-m1`. */
  body: string
}

/** Maximum length of an id, because gt stores the ids it has seen. */
const MAX_ID_LENGTH = 200

/** Formats a message as file text: headers, an empty line, the body. */
export function formatMessage({id, at, from, subject, body}: Message): string {
  const headers = {Subject: subject, From: from, Date: new Date(at).toISOString(), 'Message-Id': id}
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${oneLine(value)}`)
  return `${lines.join('\n')}\n\n${body.replace(/\n*$/, '')}\n`
}

/**
 * Parses the text of a message. Returns undefined if it is truncated or not a message: if it lacks a subject, the
 * empty line after its headers, or the end of its last line.
 *
 * @param otherwise values for a message that does not give them
 */
export function parseMessage(text: string, otherwise: Pick<Message, 'id' | 'at'>): Message | undefined {
  const [, head, body] = /^((?:[^\n]+\n)+)\n((?:.*\n)*)$/.exec(text.replaceAll('\r\n', '\n')) ?? []
  if (head === undefined || body === undefined) return undefined
  const headers = fieldsOf(head)
  const subject = headers.get('subject')
  if (!subject) return undefined
  const at = Date.parse(headers.get('date') ?? '')
  return {
    id: headers.get('message-id')?.slice(0, MAX_ID_LENGTH) || otherwise.id,
    at: Number.isNaN(at) ? otherwise.at : at,
    from: headers.get('from') ?? '',
    subject,
    body: body.replace(/\n$/, ''),
  }
}

/**
 * The fields of a text, that is, lines like `Branch: …`, by lower-case name. If a name repeats, the first one counts.
 */
export function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^\s*([A-Za-z][A-Za-z-]*):(.*)$/.exec(line) ?? []
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}

const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ').trim()
