import {setTimeout as sleep} from 'node:timers/promises'
import {hasCode, type NudgeState, type Session, type SessionBackend} from '@gtown/sdk'
import type {Target} from '../supervisor/address.js'
import {liveSession} from '../supervisor/peek.js'
import type {Services} from '../supervisor/services.js'
import {type Attempt, type Desk, deliver} from './deliver.js'
import {isFinal, type Nudge, type NudgeQueue} from './queue.js'

const INTERRUPTED = 'whoever typed it was interrupted: whether it arrived is not known'

/** Milliseconds between two looks at an agent that is not idle. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5000

interface Round {
  services: Services
  target: Target
  queue: NudgeQueue
}

/** Gives the agent what waits for it, as long as it takes more: the oldest first, one at a time. */
export async function drainOnce(round: Round): Promise<void> {
  await round.queue.whileAlone(() => drain(round))
}

/**
 * Gives the agent whatever waits for it, until nothing waits any more. Returns at once when another process does so
 * already. Ends by itself: everything that waits expires.
 */
export async function drainUntilEmpty(round: Round): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; (await round.queue.open()).length > 0; ) {
    // Looked at again after the lock is given back: what came in between found it taken, and left it to us.
    const before = (await round.queue.open()).length
    if (!(await round.queue.whileAlone(() => drain(round)))) return
    const after = (await round.queue.open()).length
    if (after === 0) continue
    pause = after < before ? FIRST_PAUSE_MS : Math.min(pause * 1.5, LONGEST_PAUSE_MS)
    await sleep(pause)
  }
}

async function drain(round: Round): Promise<void> {
  const open = await round.queue.open()
  // One that waits behind another expires all the same.
  const late = open.filter(({state, expiresAt}) => state === 'queued' && Date.now() >= expiresAt)
  for (const nudge of late) await turn(round, nudge, 'expired', nudge.reason)
  for (const nudge of open.filter((entry) => !late.includes(entry))) {
    if (!isFinal((await settle(round, nudge)).state)) return
  }
}

/** Does for one nudge what can be done now; returns it as it is afterwards. */
async function settle(round: Round, nudge: Nudge): Promise<Nudge> {
  if (nudge.state === 'typing') return await turn(round, nudge, 'failed', INTERRUPTED)
  let current = nudge
  const attempt = await attemptOf(round, nudge, async () => {
    current = await turn(round, nudge, 'typing')
  })
  if (attempt.outcome === 'delivered') return await turn(round, current, 'delivered')
  if (attempt.outcome === 'failed') return await turn(round, current, 'failed', attempt.reason)
  const isNew = current.state !== 'queued' || current.reason !== attempt.reason
  return isNew ? await turn(round, current, 'queued', attempt.reason) : current
}

async function turn(
  {queue}: Round,
  {reason: _, ...nudge}: Nudge,
  state: NudgeState,
  reason?: string,
): Promise<Nudge> {
  const turned = {...nudge, state, updatedAt: Date.now(), ...(reason !== undefined && {reason})}
  await queue.write(turned)
  return turned
}

async function attemptOf(round: Round, nudge: Nudge, beforeTyping: () => Promise<void>): Promise<Attempt> {
  const found = await findLife(round, nudge)
  if (!found) return {outcome: 'failed', reason: 'its session ended before'}
  const {backend} = found
  const {type, press} = backend
  if (!type || !press) return {outcome: 'failed', reason: `${backend.name} cannot type`}
  const desk: Desk = {
    services: round.services,
    // What is checked for is there.
    backend: backend as Desk['backend'],
    look: async () => (await findLife(round, nudge))?.session,
    force: nudge.force,
  }
  return await deliver(desk, nudge.text, beforeTyping)
}

/** The life of the session that the nudge was meant for; undefined when it is over. */
async function findLife(
  {services, target}: Round,
  {incarnation}: Nudge,
): Promise<{backend: SessionBackend; session: Session} | undefined> {
  try {
    const found = await liveSession(services, target)
    return found.session.incarnation === incarnation ? found : undefined
  } catch (error) {
    if (hasCode(error, 'NOT_RUNNING')) return undefined
    throw error
  }
}
