import {setTimeout as sleep} from 'node:timers/promises'
import {
  type AgentPreset,
  type AgentReading,
  amended,
  ErrorCode,
  GtError,
  hasCode,
  type Session,
  type SessionBackend,
} from '@gtown/sdk'
import {kindOf} from '../agents/kind.js'
import {answerTo} from '../agents/start-dialogs.js'
import {exitWords} from './exit-words.js'
import {type Observed, observe} from './observe.js'
import {lastLines} from './screen.js'
import type {Services} from './services.js'

/** An agent of which nothing is known counts as ready when it has lived this long. */
const ALIVE_MS = 300
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 200

/** A dialog that stands this long waits for somebody: some come and go by themselves. */
const BLOCKED_AFTER_MS = 1500

/** Keys that one start presses at most: a dialog that does not take its answer is left to a person. */
const MOST_KEYS = 12

export interface ReadinessQuery {
  services: Pick<Services, 'env' | 'warn'>
  backend: SessionBackend
  session: Session
  agent: {name: string; preset: AgentPreset}
  timeoutMs: number
  /** Answer dialogs about the agent itself, such as whether it may trust the folder. */
  acceptDialogs: boolean
  signal?: AbortSignal
}

/** What was seen so far of one start. */
interface Watch {
  startedAt: number
  keys: number
  /** Since when the same dialog has stood. */
  dialog?: {text: string; since: number}
}

/**
 * Waits until the agent is ready: idle, or at work. Where its state cannot be read: its prompt stands on the screen,
 * or it has lived for a while. A dialog before that is answered only if that is allowed and its marked line has been
 * read; any other ends the wait.
 *
 * @returns the session as it was then
 * @throws when the agent ends first, is blocked, is not ready in time, or its session is stopped by someone else
 */
export async function waitUntilReady(query: ReadinessQuery): Promise<Session> {
  const {signal} = query
  const watch: Watch = {startedAt: performance.now(), keys: 0}
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted()
    const session = await stillOurs(query)
    if (await isReadyNow(query, session, watch)) return session
    await sleep(pause, undefined, {...(signal && {signal})}).catch((error) => {
      signal?.throwIfAborted()
      throw error
    })
  }
}

/** One look. Rejects when the agent will not be ready any more. */
async function isReadyNow(query: ReadinessQuery, session: Session, watch: Watch): Promise<boolean> {
  const {backend, services, timeoutMs} = query
  if (session.liveness === 'dead')
    throw await notReady(query, session, `${exitWords(session.exit)} before it was ready`)
  const observed = await observe(services, backend, session)
  const elapsed = performance.now() - watch.startedAt
  if (isReady(query, observed, elapsed)) return true
  if (await answered(query, session, observed, watch)) return false
  if (isBlocked(observed.reading, watch)) throw await blocked(query, session, observed.reading)
  if (elapsed <= timeoutMs) return false
  throw await notReady(query, session, `showed no sign of readiness within ${timeoutMs / 1000} s`)
}

/** For an agent that ended while it was typed at: how it ended, instead of which key it did not take. */
export async function explainLoss(query: ReadinessQuery, error: unknown): Promise<unknown> {
  if (!hasCode(error, ErrorCode.sessionLost)) return error
  const now = await query.backend.inspect(query.session.name)
  if (now?.incarnation !== query.session.incarnation || now.liveness !== 'dead') return error
  return notReady(query, now, `${exitWords(now.exit)} before it was told what to do`)
}

async function stillOurs({backend, session}: ReadinessQuery): Promise<Session> {
  const now = await backend.inspect(session.name, {view: true})
  if (now?.incarnation === session.incarnation) return now
  throw new GtError(
    `session '${session.name}' was ${now ? 'replaced' : 'stopped'} while its agent was starting`,
    {
      code: ErrorCode.sessionLost,
      hint: 'Another command, or a hook of the session backend, did that.',
    },
  )
}

function isReady({services, agent}: ReadinessQuery, {reading, view}: Observed, elapsedMs: number): boolean {
  switch (reading.state) {
    case 'idle':
    case 'busy':
    case 'draft':
      return true
    case 'permission':
    case 'question':
    case 'limit':
      // It is at work, and got stuck there: no longer the start's affair, but worth a word.
      if (reading.evidence.every(({source}) => source !== 'screen') || !reading.text) return false
      services.warn(`agent '${agent.name}' waits for an answer: ${reading.text.split('\n', 1)[0]}`)
      return true
    case 'unknown':
    case 'starting':
    case 'shell':
      // A shell in front may be what the agent was started through.
      return looksReady(agent.preset, view?.rows, elapsedMs)
    default:
      return false
  }
}

function looksReady(preset: AgentPreset, rows: readonly string[] | undefined, elapsedMs: number): boolean {
  if (preset.readyPromptPrefix === undefined || !rows) return elapsedMs >= (preset.readyDelayMs ?? ALIVE_MS)
  return showsPrompt(rows, preset.readyPromptPrefix)
}

/** A choice such as `❯ 1. Yes`: a dialog marks it with the very sign of the prompt. */
const CHOICE = /^\s*\S+\s+\d+[.)]/

/** True when a line begins with the prompt and is no marked choice of a dialog. */
export function showsPrompt(lines: readonly string[], prefix: string): boolean {
  return lines.some((line) => {
    const text = line.replaceAll('\u00a0', ' ')
    // A screen has no blanks at the end of a line, so an empty prompt is shorter than its prefix.
    return (text.startsWith(prefix) || text === prefix.trimEnd()) && !CHOICE.test(text)
  })
}

/** Presses the one key that brings an allowed dialog nearer to its end; false where there is none. */
async function answered(
  {backend, agent, acceptDialogs}: ReadinessQuery,
  session: Session,
  {reading, view}: Observed,
  watch: Watch,
): Promise<boolean> {
  if (!acceptDialogs || !backend.press || !view || watch.keys >= MOST_KEYS) return false
  const key = answerTo(kindOf(agent.preset), reading)
  if (!key) return false
  watch.keys++
  try {
    await backend.press(session, key, {seen: view})
    // The screen takes a moment to follow; a key on the old one would be pressed blindly.
    await sleep(LONGEST_PAUSE_MS)
  } catch (error) {
    if (!hasCode(error, ErrorCode.screenChanged)) throw error
  }
  return true
}

function isBlocked({state, text = ''}: AgentReading, watch: Watch): boolean {
  const now = performance.now()
  if (state !== 'dialog') {
    delete watch.dialog
    return false
  }
  if (watch.dialog?.text !== text) watch.dialog = {text, since: now}
  return now - watch.dialog.since >= BLOCKED_AFTER_MS
}

async function blocked(query: ReadinessQuery, session: Session, {text = ''}: AgentReading): Promise<GtError> {
  const [question = 'a dialog'] = text.split('\n', 1)
  const error = await notReady(query, session, `is blocked by a dialog: ${question}`)
  return amended(error, {
    code: 'AGENT_BLOCKED',
    hint: 'Start it with --accept-dialogs where that answers it, or run the agent once by hand there and answer it.',
    details: {...error.details, dialog: text},
  })
}

async function notReady({backend, agent}: ReadinessQuery, session: Session, what: string): Promise<GtError> {
  const screen = await lastLines(backend, session)
  const ended = session.liveness === 'dead'
  return new GtError(`agent '${agent.name}' ${what}`, {
    code: ended ? 'AGENT_EXITED' : 'AGENT_NOT_READY',
    details: {...(ended && {exit: session.exit ?? {}}), screen},
  })
}
