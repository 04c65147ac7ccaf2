import {setTimeout as sleep} from 'node:timers/promises'
import {GtError, type NudgeOptions, type NudgeReceipt, type Session, usageError} from '@gtown/sdk'
import type {Target} from '../supervisor/address.js'
import {liveSession} from '../supervisor/peek.js'
import type {Services} from '../supervisor/services.js'
import {drainOnce, drainUntilEmpty} from './drain.js'
import {isFinal, NudgeQueue, receiptOf} from './queue.js'

/** Milliseconds between two tries. */
const PAUSE_MS = 100
const LONGEST_PAUSE_MS = 1000

export interface NudgeServices extends Services {
  /** Starts a process of its own that delivers what waits for the address, and ends when nothing does. */
  startCourier(address: string): Promise<void>
}

/** What agents take for a command, a shell line, a file or a note to themselves when a text begins with it. */
const COMMAND_SIGNS = /^\s*[/!@#?]/

/**
 * Gives an agent a text, whole and once, when its prompt is empty and not before. What is not delivered within the
 * wait stays queued and is delivered by a process of its own until it expires.
 *
 * Rejects before anything is queued when the session does not run or the text cannot be given.
 */
export async function nudge(
  services: NudgeServices,
  target: Target,
  given: string,
  {waitMs, expiresMs, force, signal}: NudgeOptions,
): Promise<NudgeReceipt> {
  // The end of a file is no part of what it says.
  const text = given.trimEnd()
  checkText(text)
  const {session} = await liveSession(services, target)
  if (session.liveness === 'dead') {
    throw new GtError(`the agent of ${target.address} has ended`, {code: 'NOT_RUNNING'})
  }
  checkLines(text, session)
  const now = Date.now()
  const queue = new NudgeQueue(target.ref.town, session.name, services.warn)
  const {id} = await queue.add({
    to: target.address,
    session: session.name,
    incarnation: session.incarnation,
    state: 'queued',
    queuedAt: now,
    expiresAt: now + expiresMs,
    updatedAt: now,
    text,
    force,
  })
  const round = {services, target, queue}
  const end = performance.now() + waitMs
  for (let pause = PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    await drainOnce(round)
    const receipt = await find(queue, id)
    if (isFinal(receipt.state)) return receipt
    if (performance.now() >= end) {
      await services.startCourier(target.address)
      return receipt
    }
    await sleep(pause, undefined, {...(signal && {signal})}).catch(async (error) => {
      // It was promised not to be lost.
      await services.startCourier(target.address)
      signal?.throwIfAborted()
      throw error
    })
  }
}

/** Delivers what waits for an address until nothing does: the work of a courier. */
export async function deliverWaiting(services: Services, target: Target): Promise<void> {
  const queue = new NudgeQueue(target.ref.town, target.role.sessionName(target.ref), services.warn)
  await drainUntilEmpty({services, target, queue})
}

async function find(queue: NudgeQueue, id: string): Promise<NudgeReceipt> {
  const nudge = await queue.find(id)
  if (nudge) return receiptOf(nudge)
  throw new GtError(`the receipt ${id} was removed while the nudge waited`, {code: 'RECEIPT_NOT_FOUND'})
}

/** Pasted into a program that does not tell pasted text from typed, each line would be submitted by itself. */
function checkLines(text: string, {labels}: Session): void {
  if (!text.includes('\n') || labels.prompt === undefined || labels.paste === 'bracketed') return
  throw new GtError(
    `several lines cannot be given to '${labels.agent}': whether it takes them as one text is not known`,
    {
      code: 'SEVERAL_LINES',
      hint: `Give it one line, or say "bracketed_paste": true of agent '${labels.agent}' in the settings if it does.`,
    },
  )
}

function checkText(text: string): void {
  if (text.replace(/\p{Cc}/gu, '').trim() === '') throw usageError('the text is empty')
  if (!COMMAND_SIGNS.test(text)) return
  throw usageError(
    `an agent would take a text that begins with '${text.trim()[0]}' for a command`,
    'Put a word before it.',
  )
}
