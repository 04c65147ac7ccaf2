import {setTimeout as sleep} from 'node:timers/promises'
import {type AgentReading, ErrorCode, isGtError, type Session, type TerminalView} from '@gtown/sdk'
import {answerTo} from '../../agents/start-dialogs.js'
import {observe} from '../../typing/observe.js'
import type {Expectation} from '../actions.js'
import type {FoundSession} from '../observe/sessions.js'
import {done, failed, type Outcome, refused} from '../report/outcome.js'
import {confirm} from './confirm.js'
import type {Job} from './job.js'

/** A dialog with more choices than that is left to a person. */
const MOST_KEYS = 6

/** Two looks so far apart have to read the same: it may still be drawn. */
const SETTLED_AFTER_MS = 100

/** How long a dialog may take to follow a key. */
const TAKEN_WITHIN_MS = 2000
const PAUSE_MS = 50

/**
 * Answers the dialog that stands before a worker's first prompt. Each key rests on two looks of its own that read the
 * same, and the backend refuses it when the screen is another by then. Whether it may be answered was decided before.
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

interface Look {
  session: Session
  reading: AgentReading
  view: TerminalView
}

async function pressKeys(job: Job, found: FoundSession): Promise<Outcome> {
  const {backend, session} = found
  if (!backend.press) return failed(`${backend.name} presses no keys`)
  for (let keys = 0; keys < MOST_KEYS; keys++) {
    const seen = await settledLook(job, found)
    const key = seen?.reading.state === 'dialog' && (await answerTo(session.labels.kind ?? '', seen.reading))
    if (!seen || !key) return refused('its dialog is another one now')
    await backend.press(seen.session, key, {seen: seen.view})
    if (!(await hasFollowed(job, found, seen))) return failed(`it did not follow ${key}`)
    if (key === 'Enter') return done()
  }
  return failed(`it was not at its answer after ${MOST_KEYS} keys`)
}

async function settledLook(job: Job, found: FoundSession): Promise<Look | undefined> {
  const first = await look(job, found)
  await sleep(SETTLED_AFTER_MS)
  const second = await look(job, found)
  return first && second && isSame(first, second) ? second : undefined
}

async function hasFollowed(job: Job, found: FoundSession, before: Look): Promise<boolean> {
  for (const end = performance.now() + TAKEN_WITHIN_MS; performance.now() < end; await sleep(PAUSE_MS)) {
    const now = await look(job, found)
    if (now && !isSame(before, now)) return true
  }
  return false
}

/** Undefined when this life of the session is over, or a terminal shows it by now. */
async function look({services}: Job, {backend, session}: FoundSession): Promise<Look | undefined> {
  const now = await backend.inspect(session.name, {view: true})
  if (now?.incarnation !== session.incarnation || now.attached > 0) return undefined
  const {reading, view} = await observe(services, backend, now)
  return view && {session: now, reading, view}
}

/** The same question, with the same choice marked. */
function isSame({reading: one}: Look, {reading: other}: Look): boolean {
  const wordsOf = ({state, text, choices}: AgentReading) => JSON.stringify([state, text, choices])
  return wordsOf(one) === wordsOf(other)
}
