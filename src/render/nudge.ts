import type {NudgeReceipt, Peek} from '@gtown/sdk'
import {readingJson, readingLine} from './agent-state.js'

/** Exit codes by the state of a nudge. */
export const nudgeExitCodes: Record<NudgeReceipt['state'], number> = {
  delivered: 0,
  failed: 1,
  queued: 3,
  typing: 3,
  expired: 4,
}

export function receiptJson(receipt: NudgeReceipt): Record<string, unknown> {
  const {id, queuedAt, expiresAt, updatedAt, ...rest} = receipt
  return {
    id,
    ...rest,
    queued_at: iso(queuedAt),
    expires_at: iso(expiresAt),
    updated_at: iso(updatedAt),
  }
}

export function receiptText({id, to, state, reason}: NudgeReceipt): string {
  return `${state} ${id} ${to}${reason ? `: ${reason}` : ''}`
}

export function peekJson(
  {address, backend, session, reading, lines}: Peek,
  now: number,
): Record<string, unknown> {
  return {
    address,
    session: session.name,
    backend,
    state: readingJson(reading, now),
    attached: session.attached > 0,
    ...(lines && {lines}),
  }
}

export function peekText({reading, lines}: Peek): string {
  return lines ? lines.join('\n') : readingLine(reading)
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
