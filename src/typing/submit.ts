import {ErrorCode, hasCode} from '@gtown/sdk'
import {type Attempt, obstacleIn, type PromptTarget, type Snapshot, takeSnapshot} from './prompt-target.js'
import {endsAtCursor, showsText} from './prompt-text.js'
import {timerOf} from './timer.js'

/** Milliseconds between two snapshots while waiting for a change. */
const PAUSE_MS = 100

/** How long a text may take to appear in the prompt, and to leave it after Enter. */
const SHOWN_WITHIN_MS = 5000
const TAKEN_WITHIN_MS = 2500

const KEY_UNKNOWN = 'the text was typed, but it is unknown whether Enter arrived'

/**
 * Presses Enter once the agent's prompt shows the text, and checks that the agent took it. If the text is still there, it
 * presses Enter once more. After the outcome `typed` it may be called again.
 */
export async function submit(target: PromptTarget, text: string): Promise<Attempt> {
  const first = await pressWhenShown(target, text)
  if (first !== 'pressed') return first
  const after = await lookAfterEnter(target, text)
  if (after !== 'stands') return after
  const again = await takeSnapshot(target)
  const pressed = !('over' in again) && mayPress(target, again, text) && (await pressEnter(target, again))
  if (typeof pressed === 'object') return pressed
  const last = await lookAfterEnter(target, text)
  if (last !== 'stands') return last
  const reason = 'the text is still in its prompt: Enter had no effect'
  return {outcome: pressed ? 'failed' : 'typed', reason: pressed ? `${reason}, nor had a second one` : reason}
}

/** Waits until the prompt shows the text, and presses Enter at that moment. */
async function pressWhenShown(target: PromptTarget, text: string): Promise<'pressed' | Attempt> {
  let last: Snapshot | undefined
  const timer = timerOf(target.services)
  for (const end = timer.now() + SHOWN_WITHIN_MS; timer.now() < end; await timer.sleep(PAUSE_MS)) {
    const seen = await takeSnapshot(target)
    if ('over' in seen) {
      if (!seen.over) continue
      return {outcome: 'failed', reason: 'its session ended after the text was typed, before Enter'}
    }
    last = seen
    if (!mayPress(target, seen, text)) continue
    const pressed = await pressEnter(target, seen)
    if (typeof pressed === 'object') return pressed
    if (pressed) return 'pressed'
  }
  return notPressed(target, last)
}

function mayPress(target: PromptTarget, seen: Snapshot, text: string): boolean {
  return (
    seen.reading.state === 'draft' && showsText(seen.view, text) && obstacleIn(target, seen) === undefined
  )
}

function notPressed(target: PromptTarget, seen: Snapshot | undefined): Attempt {
  const obstacle = seen ? obstacleIn(target, seen) : `${target.backend.name} does not say what it is doing`
  if (obstacle === undefined && (seen?.reading.state === 'idle' || seen?.reading.state === 'draft')) {
    const reason = 'the text was typed, but is not in its prompt: it is unknown whether the agent took it'
    return {outcome: 'failed', reason}
  }
  const why = obstacle ?? `its state is ${seen?.reading.state}`
  return {outcome: 'typed', reason: `the text was typed, but not submitted yet: ${why}`}
}

/** False when nothing was pressed. */
async function pressEnter({backend}: PromptTarget, {session, view}: Snapshot): Promise<boolean | Attempt> {
  try {
    await backend.press(session, 'Enter', {seen: view})
    return true
  } catch (error) {
    if (hasCode(error, ErrorCode.screenChanged) || hasCode(error, ErrorCode.sessionLost)) return false
    if (!hasCode(error, ErrorCode.backendUnavailable)) throw error
    return {outcome: 'failed', reason: KEY_UNKNOWN}
  }
}

async function lookAfterEnter(target: PromptTarget, text: string): Promise<'stands' | Attempt> {
  let gone = 0
  let last: Verdict = 'unclear'
  const timer = timerOf(target.services)
  for (const end = timer.now() + TAKEN_WITHIN_MS; timer.now() < end; await timer.sleep(PAUSE_MS)) {
    const seen = await takeSnapshot(target)
    if ('over' in seen) {
      if (!seen.over) continue
      return {
        outcome: 'failed',
        reason: 'its session ended after Enter: it is unknown whether it took the text',
      }
    }
    last = judgeAfterEnter(seen, text)
    if (last === 'taken') return {outcome: 'delivered'}
    // While it redraws, a screen may show anything for a moment, so `gone` must be seen twice.
    gone = last === 'gone' ? gone + 1 : 0
    if (gone > 1) return {outcome: 'delivered'}
  }
  return last === 'stands'
    ? 'stands'
    : {outcome: 'failed', reason: 'Enter was pressed, but it is unknown whether the agent took the text'}
}

type Verdict = 'taken' | 'stands' | 'gone' | 'unclear'

/** What a snapshot after Enter shows about the text. */
function judgeAfterEnter({reading: {state}, view}: Snapshot, text: string): Verdict {
  if ((state === 'draft' && showsText(view, text)) || endsAtCursor(view, text)) return 'stands'
  switch (state) {
    case 'idle':
    case 'busy':
    case 'permission':
    case 'question':
    case 'limit':
      return 'taken'
    case 'draft':
    case 'unknown':
      return 'gone'
    default:
      return 'unclear'
  }
}
