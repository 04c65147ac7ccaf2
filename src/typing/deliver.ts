import {ErrorCode, hasCode} from '@gtown/sdk'
import {
  type Attempt,
  OVER,
  obstacleIn,
  type PromptTarget,
  type Snapshot,
  takeSnapshot,
} from './prompt-target.js'
import {submit} from './submit.js'
import {timerOf} from './timer.js'

/** When only the screen shows that the agent is idle, it must show so twice, this far apart. */
const CONFIRM_DELAY_MS = 1000

/** Some agents take an immediate Enter for a part of the pasted text. */
const ENTER_DELAY_MS = 150

/**
 * Types a text into an agent's prompt and submits it, provided that the prompt is certainly empty and accepts text.
 * Otherwise it presses no key, and it never presses Escape. It checks that the prompt shows the text before Enter, and
 * that the text has left the prompt after it.
 *
 * @param beforeTyping called right before the first key; nothing is typed when it returns false
 */
export async function deliver(
  target: PromptTarget,
  text: string,
  beforeTyping: () => Promise<boolean>,
): Promise<Attempt> {
  const found = await findIdle(target)
  if ('outcome' in found) return found
  if (!(await beforeTyping())) return {outcome: 'not_now', reason: 'it is too late'}
  const refused = await typeInto(target, found, text)
  if (refused) return refused
  await timerOf(target.services).sleep(ENTER_DELAY_MS)
  return await submit(target, text)
}

/** Types the text; returns the failed attempt, or undefined on success. */
async function typeInto(
  {backend}: PromptTarget,
  {session, view}: Snapshot,
  text: string,
): Promise<Attempt | undefined> {
  try {
    await backend.type(session, text, {seen: view})
    return undefined
  } catch (error) {
    if (hasCode(error, ErrorCode.screenChanged)) return {outcome: 'not_now', reason: 'its screen changed'}
    if (hasCode(error, ErrorCode.sessionLost)) return {outcome: 'failed', reason: OVER}
    if (!hasCode(error, ErrorCode.backendUnavailable)) throw error
    return {
      outcome: 'failed',
      reason: `${backend.name} gave no answer: it is unknown whether the text was typed`,
    }
  }
}

/** A snapshot of the agent with an empty prompt, or why nothing can be typed. */
async function findIdle(target: PromptTarget): Promise<Snapshot | Attempt> {
  const first = await snapshotIfIdle(target)
  if ('outcome' in first) return first
  if (first.reading.evidence.some(({source, state}) => source !== 'screen' && state === 'idle')) return first
  await timerOf(target.services).sleep(CONFIRM_DELAY_MS)
  const second = await snapshotIfIdle(target)
  if ('outcome' in second) return second
  const moved = second.view.rows.some((row, index) => row !== first.view.rows[index])
  return moved ? {outcome: 'not_now', reason: 'its screen is changing'} : second
}

async function snapshotIfIdle(target: PromptTarget): Promise<Snapshot | Attempt> {
  const seen = await takeSnapshot(target)
  if ('over' in seen) return {outcome: seen.over ? 'failed' : 'not_now', reason: seen.reason}
  const obstacle = obstacleIn(target, seen) ?? notIdleReason(seen)
  return obstacle === undefined ? seen : {outcome: 'not_now', reason: obstacle}
}

function notIdleReason({reading: {state, text}}: Snapshot): string | undefined {
  if (state === 'idle') return undefined
  if (state !== 'unknown') return `its state is ${state}`
  return `its state is unknown: ${text?.split('\n', 1)[0] ?? 'there is no evidence'}`
}
