import {GtError, type NudgeOptions, type NudgeReceipt, type Session, typedText, usageError} from '@gtown/sdk'
import type {AgentRef} from '../supervisor/agent-ref.js'
import {liveSession} from '../supervisor/peek.js'
import type {Services} from '../supervisor/services.js'
import {timerOf} from '../typing/timer.js'
import {drainOnce, drainUntilEmpty, type Round} from './drain.js'
import {isFinal} from './nudge-file.js'
import {NudgeQueue} from './queue.js'
import {receiptOf} from './receipt.js'

/** Milliseconds between two attempts. */
const PAUSE_MS = 100
const LONGEST_PAUSE_MS = 1000

export interface NudgeServices extends Services {
  /** Starts a separate process that delivers the nudges for the address, and ends when none is waiting. */
  startDispatcher(address: string): Promise<void>
}

/** First characters with a special meaning for agents: a command, a shell line, a file, a note or help. */
const COMMAND_SIGNS = /^\s*[/!@#?]/

/**
 * Delivers a text to an agent, complete and exactly once, as soon as its prompt is empty. After the wait an undelivered
 * nudge stays queued, and a separate process delivers it until it expires.
 *
 * Rejects before anything is queued when the session does not run or the text cannot be typed.
 */
export async function nudge(
  services: NudgeServices,
  agent: AgentRef,
  {text: given, waitMs, expiresMs, force, afterLimit = false, signal}: NudgeOptions & {text: string},
): Promise<NudgeReceipt> {
  // Trailing blanks and control characters are not typed.
  const text = typedText(given).trimEnd()
  checkText(text)
  const {session} = await liveSession(services, agent)
  if (session.liveness === 'dead') {
    throw new GtError(`the agent of ${agent.address} has ended`, {code: 'NOT_RUNNING'})
  }
  checkPaste(text, session)
  const end = timerOf(services).now() + waitMs
  const now = Date.now()
  const queue = new NudgeQueue(agent.town, session.name, services.warn)
  const {id} = await queue.add({
    to: agent.address,
    session: session.name,
    incarnation: session.incarnation,
    state: 'queued',
    queuedAt: now,
    expiresAt: now + expiresMs,
    updatedAt: now,
    text,
    force,
    ...(afterLimit && {afterLimit}),
  })
  return await waitForEnd({services, agent, queue}, {id, end, signal})
}

/** Delivers nudges until this one is final or the wait is over. Starts a dispatcher for the time after that. */
async function waitForEnd(
  round: Round & {services: NudgeServices},
  {id, end, signal}: {id: string; end: number; signal: AbortSignal | undefined},
): Promise<NudgeReceipt> {
  const {services, agent, queue} = round
  const timer = timerOf(services)
  for (let pause = PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    try {
      await drainOnce(round, (settled) => settled.id === id || timer.now() >= end)
    } finally {
      const isOpen = (await queue.open()).some((nudge) => nudge.id === id)
      if (isOpen && (await queue.claimDispatcherStart())) await services.startDispatcher(agent.address)
    }
    const receipt = await find(queue, id)
    if (isFinal(receipt.state) || timer.now() >= end) return receipt
    await timer.sleep(pause, signal)
  }
}

/** Delivers the nudges for an agent until none is waiting: the work of a dispatcher. */
export async function deliverWaiting(services: Services, agent: AgentRef): Promise<void> {
  const queue = new NudgeQueue(agent.town, agent.sessionName, services.warn)
  await drainUntilEmpty({services, agent, queue})
}

async function find(queue: NudgeQueue, id: string): Promise<NudgeReceipt> {
  const nudge = await queue.find(id)
  if (nudge) return receiptOf(nudge, Date.now())
  throw new GtError(`the receipt ${id} was removed while the nudge waited`, {code: 'RECEIPT_NOT_FOUND'})
}

/** In a program without bracketed paste, pasted newlines and tabs would act as keys. */
function checkPaste(text: string, {labels}: Session): void {
  if (!/[\n\t]/.test(text) || labels.prompt === undefined || labels.paste === 'bracketed') return
  throw new GtError(
    `several lines, or tabs, cannot be typed into '${labels.agent}': it is unknown whether it takes them as text`,
    {
      code: 'SEVERAL_LINES',
      hint: `Send one line, or set "bracketed_paste": true for agent '${labels.agent}' in the settings if it does.`,
    },
  )
}

function checkText(text: string): void {
  if (text.trim() === '') throw usageError('the text is empty')
  if (!COMMAND_SIGNS.test(text)) return
  throw usageError(
    `an agent would take a text that begins with '${text.trim()[0]}' for a command`,
    'Begin the text with a word.',
  )
}
