import {ErrorCode, hasCode, type NudgeState, type Session, type SessionBackend} from '@gtown/sdk'
import type {Target} from '../supervisor/address.js'
import {liveSession} from '../supervisor/peek.js'
import type {Services} from '../supervisor/services.js'
import {deliver} from '../typing/deliver.js'
import {type Attempt, OVER, type PromptTarget} from '../typing/prompt-target.js'
import {submit} from '../typing/submit.js'
import {timerOf} from '../typing/timer.js'
import {isFinal, type Nudge} from './nudge-file.js'
import type {NudgeQueue} from './queue.js'

const INTERRUPTED = 'whoever typed it was interrupted: whether it arrived is not known'

/** Milliseconds between two looks at an agent that is not idle. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5000

/** The nudges of one session, and whose session that is. */
export interface Round {
  services: Services
  target: Target
  queue: NudgeQueue
}

/**
 * Gives the agent what waits for it, as long as it takes more: the oldest first, one at a time. Does nothing when
 * another process does so already.
 *
 * @param isEnough asked after each; ends the round
 */
export async function drainOnce(round: Round, isEnough: (settled: Nudge) => boolean): Promise<void> {
  await round.queue.whileAlone(() => drain(round, isEnough))
}

/**
 * Gives the agent whatever waits for it, until nothing waits any more. Returns at once when another dispatcher does so
 * already. Ends by itself: everything that waits expires.
 */
export async function drainUntilEmpty(round: Round): Promise<void> {
  // Looked at again after the dispatcher's lock is given back: whoever added meanwhile found it taken, and left it to us.
  while ((await round.queue.open()).length > 0) {
    if (!(await round.queue.asDispatcher(() => drainWhileAny(round)))) return
  }
}

async function drainWhileAny(round: Round): Promise<void> {
  let pause = FIRST_PAUSE_MS
  for (let before = (await round.queue.open()).length; before > 0; ) {
    await drainOnce(round, () => false)
    const after = (await round.queue.open()).length
    if (after === 0) return
    pause = after < before ? FIRST_PAUSE_MS : Math.min(pause * 1.5, LONGEST_PAUSE_MS)
    before = after
    await timerOf(round.services).sleep(pause)
  }
}

async function drain(round: Round, isEnough: (settled: Nudge) => boolean): Promise<void> {
  const open = await round.queue.open()
  // One that waits behind another expires all the same.
  const late = open.filter((nudge) => nudge.state === 'queued' && isLate(nudge))
  for (const nudge of late) await turn(round, nudge, 'expired', nudge.reason)
  let isBlocked = false
  for (const nudge of open.filter((entry) => !late.includes(entry))) {
    // What keeps others waiting may be a person's terminal, which holds up none that is forced.
    if (isBlocked && !nudge.force) continue
    const settled = await settle(round, nudge)
    if (isEnough(settled)) return
    if (isFinal(settled.state)) continue
    if (nudge.force || settled.state === 'typing') return
    isBlocked = true
  }
}

function isLate({expiresAt}: Nudge): boolean {
  return Date.now() >= expiresAt
}

/** Does for one nudge what can be done now; returns it as it is afterwards. */
async function settle(round: Round, nudge: Nudge): Promise<Nudge> {
  if (nudge.state === 'typing' && !nudge.typed) return await turn(round, nudge, 'failed', INTERRUPTED)
  if (nudge.typed && isLate(nudge)) {
    return await turn(round, nudge, 'failed', `it expired: ${nudge.reason}`)
  }
  let current = nudge
  const attempt = await attemptOf(round, nudge, async () => {
    if (isLate(nudge)) return false
    current = await turn(round, nudge, 'typing')
    return true
  })
  return await noteOf(round, current, attempt)
}

async function noteOf(round: Round, nudge: Nudge, attempt: Attempt): Promise<Nudge> {
  switch (attempt.outcome) {
    case 'delivered':
      return await turn(round, nudge, 'delivered')
    case 'failed':
      return await turn(round, nudge, 'failed', attempt.reason)
    case 'typed':
      return await unlessSame(round, {...nudge, typed: true}, 'typing', attempt.reason, nudge)
    case 'not_now':
      return await unlessSame(round, nudge, nudge.typed ? 'typing' : 'queued', attempt.reason, nudge)
  }
}

async function unlessSame(
  round: Round,
  nudge: Nudge,
  state: NudgeState,
  reason: string,
  before: Nudge,
): Promise<Nudge> {
  const isSame = before.state === state && before.reason === reason && before.typed === nudge.typed
  return isSame ? nudge : await turn(round, nudge, state, reason)
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

async function attemptOf(round: Round, nudge: Nudge, beforeTyping: () => Promise<boolean>): Promise<Attempt> {
  try {
    const found = await findLife(round, nudge)
    if (!found) return {outcome: 'failed', reason: overReason(nudge)}
    const {backend} = found
    if (!canType(backend)) return {outcome: 'failed', reason: `${backend.name} cannot type`}
    const look = async () => (await findLife(round, nudge))?.session
    const {force, afterLimit = false} = nudge
    const target: PromptTarget = {services: round.services, backend, look, force, afterLimit}
    return nudge.typed ? await submit(target, nudge.text) : await deliver(target, nudge.text, beforeTyping)
  } catch (error) {
    if (!hasCode(error, ErrorCode.backendUnavailable)) throw error
    return {outcome: 'not_now', reason: 'its session backend gives no answer'}
  }
}

function overReason({typed}: Nudge): string {
  return typed ? 'its session ended after the text was typed, before Enter' : OVER
}

function canType(backend: SessionBackend): backend is PromptTarget['backend'] {
  return backend.type !== undefined && backend.press !== undefined
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
    // A stranger can only have taken its place.
    if (hasCode(error, 'NOT_RUNNING') || hasCode(error, ErrorCode.sessionForeign)) return undefined
    throw error
  }
}
