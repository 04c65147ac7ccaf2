import {setTimeout as sleep} from 'node:timers/promises'
import {type AgentReading, ErrorCode, isGtError, type Session, type TerminalView} from '@gtown/sdk'
import {answerTo} from '../../agents/start-dialogs.js'
import {observe} from '../../typing/observe.js'
import type {Expectation} from '../actions.js'
import type {FoundSession} from '../observe/sessions.js'
import {done, failed, type Outcome, refused} from '../report/outcome.js'
import {confirm} from './confirm.js'
import type {Job} from './job.js'

/** Maximum number of keys. A dialog that needs more is left to a person. */
const MOST_KEYS = 6

/** Two snapshots this far apart must agree, since the dialog may still be drawing. */
const SETTLED_AFTER_MS = 100

/** How long a dialog may take to react to a key. */
const TAKEN_WITHIN_MS = 2000
const PAUSE_MS = 50

/**
 * Answers the dialog before a worker's first prompt. Each key needs two equal snapshots of its own, and the backend
 * refuses it when the screen has changed since. Whether the dialog may be answered was decided before.
 */
export async function answerDialog(job: Job, expect: Expectation): Promise<Outcome> {
  const now = await confirm(job, expect)
  if (now.is === 'changed') return refused(now.detail)
  if (!now.session) return refused('its session has ended')
  try {
    return await pressKeys(job, now.session)
  } catch (error) {
    if (!isGtError(error)) throw error
    return error.code === ErrorCode.screenChanged ? refused(error.message) : failed(error.message)
  }
}

interface DialogSnapshot {
  session: Session
  reading: AgentReading
  view: TerminalView
}

async function pressKeys(job: Job, found: FoundSession): Promise<Outcome> {
  const {backend, session} = found
  if (!backend.press) return failed(`${backend.name} presses no keys`)
  for (let keys = 0; keys < MOST_KEYS; keys++) {
    const seen = await settledSnapshot(job, found)
    const key = seen?.reading.state === 'dialog' && (await answerTo(session.labels.kind ?? '', seen.reading))
    if (!seen || !key) return refused('its dialog is another one now')
    await backend.press(seen.session, key, {seen: seen.view})
    if (!(await hasFollowed(job, found, seen))) return failed(`it did not react to ${key}`)
    if (key === 'Enter') return done()
  }
  return failed(`it did not reach its answer after ${MOST_KEYS} keys`)
}

async function settledSnapshot(job: Job, found: FoundSession): Promise<DialogSnapshot | undefined> {
  const first = await takeSnapshot(job, found)
  await sleep(SETTLED_AFTER_MS)
  const second = await takeSnapshot(job, found)
  return first && second && isSame(first, second) ? second : undefined
}

async function hasFollowed(job: Job, found: FoundSession, before: DialogSnapshot): Promise<boolean> {
  for (const end = performance.now() + TAKEN_WITHIN_MS; performance.now() < end; await sleep(PAUSE_MS)) {
    const now = await takeSnapshot(job, found)
    if (now && !isSame(before, now)) return true
  }
  return false
}

/** Undefined when this life of the session is over, or when a terminal shows it now. */
async function takeSnapshot(
  {services}: Job,
  {backend, session}: FoundSession,
): Promise<DialogSnapshot | undefined> {
  const now = await backend.inspect(session.name, {view: true})
  if (now?.incarnation !== session.incarnation || now.attached > 0) return undefined
  const {reading, view} = await observe(services, backend, now)
  return view && {session: now, reading, view}
}

/** True for the same question with the same marked choice. */
function isSame({reading: one}: DialogSnapshot, {reading: other}: DialogSnapshot): boolean {
  const wordsOf = ({state, text, choices}: AgentReading) => JSON.stringify([state, text, choices])
  return wordsOf(one) === wordsOf(other)
}
