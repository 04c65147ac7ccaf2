import {setTimeout as sleep} from 'node:timers/promises'
import {
  type AgentReading,
  ErrorCode,
  hasCode,
  type Key,
  type Session,
  type SessionBackend,
  type TerminalView,
} from '@gtown/sdk'
import {observe} from '../supervisor/observe.js'
import type {Services} from '../supervisor/services.js'
import {showsText} from './prompt-text.js'

/** Where the screen alone speaks for idle, it has to say so twice, this far apart. */
const SECOND_LOOK_MS = 1000

/** Some agents take an Enter that follows at once for a part of the pasted text. */
const ENTER_DELAY_MS = 150

/** Between two looks at a screen that is to change. */
const PAUSE_MS = 100

/** How long a text may take to show in the prompt, and to leave it again. */
const SHOWN_WITHIN_MS = 5000
const TAKEN_WITHIN_MS = 2500

/** One life of a session, and how it is looked at. */
export interface Desk {
  services: Pick<Services, 'env'>
  backend: Required<Pick<SessionBackend, 'type' | 'press'>> & SessionBackend
  /** This life of the session as it is now, with its view; undefined when it is over. */
  look(): Promise<Session | undefined>
  /** Type even while a person's terminal shows the session. */
  force: boolean
}

export type Attempt =
  | {outcome: 'delivered'}
  /** Nothing was typed; it may be tried again. */
  | {outcome: 'not_now'; reason: string}
  /** It will not be delivered. The reason says whether anything was typed. */
  | {outcome: 'failed'; reason: string}

/**
 * Gives a text to an agent, if it is certain that its prompt is empty and takes one. Presses no key otherwise; never
 * Escape. That the text stands in the prompt is looked at before Enter, and that it has left it after.
 *
 * @param beforeTyping runs right before the first key
 */
export async function deliver(desk: Desk, text: string, beforeTyping: () => Promise<void>): Promise<Attempt> {
  const found = await findIdle(desk)
  if ('outcome' in found) return found
  await beforeTyping()
  try {
    await desk.backend.type(found.session, text, {seen: found.view})
  } catch (error) {
    if (hasCode(error, ErrorCode.screenChanged)) return {outcome: 'not_now', reason: 'its screen changed'}
    if (hasCode(error, ErrorCode.sessionLost)) return {outcome: 'failed', reason: 'its session ended'}
    throw error
  }
  return await submit(desk, text)
}

interface Glance {
  session: Session
  reading: AgentReading
  view: TerminalView
}

async function glance({services, backend, look}: Desk): Promise<Glance | undefined> {
  const session = await look()
  if (session?.liveness !== 'alive') return undefined
  const {reading, view} = await observe(services, backend, session)
  return view && {session, reading, view}
}

async function findIdle(desk: Desk): Promise<Glance | Attempt> {
  const first = await glance(desk)
  if (!first) return {outcome: 'failed', reason: 'its session ended'}
  const obstacle = obstacleIn(desk, first)
  if (obstacle) return {outcome: 'not_now', reason: obstacle}
  if (first.reading.evidence.some(({source, state}) => source !== 'screen' && state === 'idle')) return first
  await sleep(SECOND_LOOK_MS)
  const second = await glance(desk)
  if (!second) return {outcome: 'failed', reason: 'its session ended'}
  const later = obstacleIn(desk, second)
  if (later) return {outcome: 'not_now', reason: later}
  const moved = second.view.rows.some((row, index) => row !== first.view.rows[index])
  return moved ? {outcome: 'not_now', reason: 'its screen moves'} : second
}

function obstacleIn({force}: Desk, {session, reading, view}: Glance): string | undefined {
  if (view.inMode) return 'a person scrolls back in it'
  if (session.attached > 0 && !force) return "a person's terminal shows it (--force types all the same)"
  if (reading.state === 'idle') return undefined
  return reading.state === 'unknown'
    ? `its state is not known: ${reading.text?.split('\n', 1)[0] ?? 'nothing tells'}`
    : `its state is ${reading.state}`
}

/** Presses Enter where the text stands in the prompt, and looks that it was taken. */
async function submit(desk: Desk, text: string): Promise<Attempt> {
  await sleep(ENTER_DELAY_MS)
  const pressed = await pressWhenShown(desk, text)
  if (pressed !== 'pressed') return pressed
  if (await isTaken(desk, text)) return {outcome: 'delivered'}
  const again = await pressWhenShown(desk, text)
  if (again !== 'pressed') return again
  if (await isTaken(desk, text)) return {outcome: 'delivered'}
  return {outcome: 'failed', reason: 'the text stands in its prompt, and Enter was not taken'}
}

async function pressWhenShown(desk: Desk, text: string): Promise<'pressed' | Attempt> {
  let last = 'its screen'
  for (const end = performance.now() + SHOWN_WITHIN_MS; performance.now() < end; await sleep(PAUSE_MS)) {
    const seen = await glance(desk)
    if (!seen) return {outcome: 'failed', reason: 'its session ended after the text was typed, before Enter'}
    last = seen.reading.state
    if (seen.reading.state !== 'draft' || !showsText(seen.view, text)) continue
    if (await press(desk, seen, 'Enter')) return 'pressed'
  }
  return {outcome: 'failed', reason: `the text was typed, and Enter was not pressed: its state is ${last}`}
}

async function press({backend}: Desk, {session, view}: Glance, key: Key): Promise<boolean> {
  try {
    await backend.press(session, key, {seen: view})
    return true
  } catch (error) {
    if (hasCode(error, ErrorCode.screenChanged) || hasCode(error, ErrorCode.sessionLost)) return false
    throw error
  }
}

async function isTaken(desk: Desk, text: string): Promise<boolean> {
  for (const end = performance.now() + TAKEN_WITHIN_MS; performance.now() < end; await sleep(PAUSE_MS)) {
    const seen = await glance(desk)
    // An agent that ends on what it was told has taken it.
    if (seen?.reading.state !== 'draft' || !showsText(seen.view, text)) return true
  }
  return false
}
