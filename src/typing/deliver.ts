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

/** Where the screen alone speaks for idle, it has to say so twice, this far apart. */
const SECOND_LOOK_MS = 1000

/** Some agents take an Enter that follows at once for a part of the pasted text. */
const ENTER_DELAY_MS = 150

/**
 * Gives a text to an agent, if it is certain that its prompt is empty and takes one. Presses no key otherwise; never
 * Escape. That the text stands in the prompt is looked at before Enter, and that it has left it after.
 *
 * @param beforeTyping runs right before the first key; nothing is typed when it returns false
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

/** Types the text; returns what became of it when that did not succeed. */
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
      reason: `${backend.name} gave no answer: whether the text was typed is not known`,
    }
  }
}

/** The agent with an empty prompt that takes a text, or why nothing can be typed. */
async function findIdle(target: PromptTarget): Promise<Snapshot | Attempt> {
  const first = await lookForIdle(target)
  if ('outcome' in first) return first
  if (first.reading.evidence.some(({source, state}) => source !== 'screen' && state === 'idle')) return first
  await timerOf(target.services).sleep(SECOND_LOOK_MS)
  const second = await lookForIdle(target)
  if ('outcome' in second) return second
  const moved = second.view.rows.some((row, index) => row !== first.view.rows[index])
  return moved ? {outcome: 'not_now', reason: 'its screen moves'} : second
}

async function lookForIdle(target: PromptTarget): Promise<Snapshot | Attempt> {
  const seen = await takeSnapshot(target)
  if ('over' in seen) return {outcome: seen.over ? 'failed' : 'not_now', reason: seen.reason}
  const obstacle = obstacleIn(target, seen) ?? unlessIdle(seen)
  return obstacle === undefined ? seen : {outcome: 'not_now', reason: obstacle}
}

function unlessIdle({reading: {state, text}}: Snapshot): string | undefined {
  if (state === 'idle') return undefined
  if (state !== 'unknown') return `its state is ${state}`
  return `its state is not known: ${text?.split('\n', 1)[0] ?? 'nothing tells'}`
}
