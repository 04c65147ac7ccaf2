import {ErrorCode, hasCode, type NudgeState, type Session, type SessionBackend} from '@gtown/sdk'
import type {AgentRef} from '../supervisor/agent-ref.js'
import {liveSession} from '../supervisor/peek.js'
import type {Services} from '../supervisor/services.js'
import {deliver} from '../typing/deliver.js'
import {type Attempt, OVER, type PromptTarget} from '../typing/prompt-target.js'
import {submit} from '../typing/submit.js'
import {timerOf} from '../typing/timer.js'
import {isFinal, type Nudge} from './nudge-file.js'
import type {NudgeQueue} from './queue.js'

const INTERRUPTED = 'the process that typed it was interrupted: it is unknown whether it arrived'

/** Milliseconds between two attempts while the agent is not idle. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5000

/** The nudges of one session, with the session's address. */
export interface Round {
  services: Services
  agent: AgentRef
  queue: NudgeQueue
}

/**
 * Delivers waiting nudges as long as the agent accepts them: one at a time, the oldest first. Does nothing while another
 * process delivers to this session.
 *
 * @param isEnough called after each nudge; true ends the round
 */
export async function drainOnce(round: Round, isEnough: (settled: Nudge) => boolean): Promise<void> {
  await round.queue.whileAlone(() => drain(round, isEnough))
}

/**
 * Delivers nudges until none is waiting. Returns at once when another dispatcher is already at work. It always ends,
 * since every nudge expires.
 */
export async function drainUntilEmpty(round: Round): Promise<void> {
  // Checked again after the dispatcher's lock is released: a nudge added meanwhile found it taken and relies on us.
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
  // A nudge that waits behind another one expires, too.
  const late = open.filter((nudge) => nudge.state === 'queued' && isLate(nudge))
  for (const nudge of late) await setState(round, nudge, {state: 'expired', reason: nudge.reason})
  let isBlocked = false
  for (const nudge of open.filter((entry) => !late.includes(entry))) {
    // The obstacle may be a person's terminal, which does not block a forced nudge.
    if (isBlocked && !nudge.force) continue
    const settled = await advance(round, nudge)
    if (isEnough(settled)) return
    if (isFinal(settled.state)) continue
    if (nudge.force || settled.state === 'typing') return
    isBlocked = true
  }
}

function isLate({expiresAt}: Nudge): boolean {
  return Date.now() >= expiresAt
}

/** Does what can be done for one nudge now; returns its new state. */
async function advance(round: Round, nudge: Nudge): Promise<Nudge> {
  if (nudge.state === 'typing' && !nudge.typed) {
    return await setState(round, nudge, {state: 'failed', reason: INTERRUPTED})
  }
  if (nudge.typed && isLate(nudge)) {
    return await setState(round, nudge, {state: 'failed', reason: `it expired: ${nudge.reason}`})
  }
  let current = nudge
  const attempt = await attemptOf(round, nudge, async () => {
    if (isLate(nudge)) return false
    current = await setState(round, nudge, {state: 'typing'})
    return true
  })
  return await recordAttempt(round, current, attempt)
}

async function recordAttempt(round: Round, nudge: Nudge, attempt: Attempt): Promise<Nudge> {
  switch (attempt.outcome) {
    case 'delivered':
      return await setState(round, nudge, {state: 'delivered'})
    case 'failed':
      return await setState(round, nudge, {state: 'failed', reason: attempt.reason})
    case 'typed':
      return await setIfChanged(round, nudge, {state: 'typing', reason: attempt.reason, typed: true})
    case 'not_now':
      return await setIfChanged(round, nudge, {
        state: nudge.typed ? 'typing' : 'queued',
        reason: attempt.reason,
      })
  }
}

/** What becomes of a nudge. A reason holds for one state only; what was typed stays typed. */
interface Change {
  state: NudgeState
  reason?: string | undefined
  typed?: true | undefined
}

async function setIfChanged(round: Round, nudge: Nudge, change: Change): Promise<Nudge> {
  const {state, reason, typed = nudge.typed} = change
  const isSame = nudge.state === state && nudge.reason === reason && nudge.typed === typed
  return isSame ? nudge : await setState(round, nudge, change)
}

async function setState(
  {queue}: Round,
  {reason: _, ...nudge}: Nudge,
  {state, reason, typed}: Change,
): Promise<Nudge> {
  const changed = {
    ...nudge,
    state,
    updatedAt: Date.now(),
    ...(typed && {typed}),
    ...(reason !== undefined && {reason}),
  }
  await queue.write(changed)
  return changed
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

/** The life of the session for which the nudge was made; undefined when it is over. */
async function findLife(
  {services, agent}: Round,
  {incarnation}: Nudge,
): Promise<{backend: SessionBackend; session: Session} | undefined> {
  try {
    const found = await liveSession(services, agent)
    return found.session.incarnation === incarnation ? found : undefined
  } catch (error) {
    // A foreign session of that name means that ours is over.
    if (hasCode(error, 'NOT_RUNNING') || hasCode(error, ErrorCode.sessionForeign)) return undefined
    throw error
  }
}
