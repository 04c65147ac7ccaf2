import {setTimeout as sleep} from 'node:timers/promises'
import {
  type AgentPreset,
  type AgentReading,
  type AgentState,
  amended,
  ErrorCode,
  GtError,
  hasCode,
  type Key,
  type Session,
  type SessionBackend,
} from '@gtown/sdk'
import {kindOf} from '../agents/kind.js'
import {answerTo, promptSettlesMs} from '../agents/start-dialogs.js'
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

/** A dialog is answered when two looks have read the same: it may still be drawn, or go by itself. */
const SETTLED_AFTER_MS = 100

/** A key is pressed again when the dialog has not followed the first for so long: two could answer what comes next. */
const TAKEN_WITHIN_MS = 1000

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
  /** What the agent asks, and since when it has stood unchanged. */
  ask?: {words: string; since: number}
  /** The dialog that was confirmed, until it is gone. */
  confirmed?: string | undefined
  /** Since when each look has found an empty prompt. */
  restingSince?: number | undefined
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
  const stoodMs = standingFor(observed.reading, watch)
  const key = elapsed <= timeoutMs ? answerOf(query, observed, watch) : undefined
  if (key) {
    // A second Enter could confirm what comes next, such as a sign-in: it waits in the terminal of a slow agent.
    if (stoodMs >= SETTLED_AFTER_MS && watch.confirmed !== watch.ask?.words) {
      await answer(query, session, observed, watch, key)
    }
    watch.restingSince = undefined
    return false
  }
  if (isReady(query, observed, elapsed) && isSettled(query, observed, watch)) return true
  if (observed.reading.state === 'dialog' && stoodMs >= BLOCKED_AFTER_MS)
    throw await blocked(query, session, observed.reading)
  if (elapsed <= timeoutMs) return false
  throw await notReady(query, session, `showed no sign of readiness within ${timeoutMs / 1000} s`)
}

const resting: ReadonlySet<AgentState> = new Set(['idle', 'draft', 'unknown', 'starting', 'shell'])

/** Work proves that no dialog stands in its way; an empty prompt does so only after a while. */
function isSettled({agent}: ReadinessQuery, {reading}: Observed, watch: Watch): boolean {
  if (!resting.has(reading.state)) return true
  watch.restingSince ??= performance.now()
  return performance.now() - watch.restingSince >= promptSettlesMs(kindOf(agent.preset))
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
      services.warn(`agent '${agent.name}' waits for an answer (${reading.state}): look at it with gt peek`)
      return true
    case 'unknown':
    case 'starting':
    case 'shell':
      // A shell in front may be what the agent was started through.
      return looksReady(agent.preset, reading, view?.rows, elapsedMs)
    default:
      return false
  }
}

function looksReady(
  {readyPromptPrefix, readyDelayMs = ALIVE_MS}: AgentPreset,
  {evidence}: AgentReading,
  rows: readonly string[] | undefined,
  elapsedMs: number,
): boolean {
  if (readyPromptPrefix !== undefined && rows) return showsPrompt(rows, readyPromptPrefix)
  // Of a screen that is known, and shows no prompt yet, time proves nothing.
  const isKnown = evidence.some(({source}) => source === 'screen')
  return !isKnown && elapsedMs >= readyDelayMs
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

/** The key that brings an allowed dialog nearer to its end; undefined where there is none. */
function answerOf(
  {backend, agent, acceptDialogs}: ReadinessQuery,
  {reading, view}: Observed,
  watch: Watch,
): Key | undefined {
  if (!acceptDialogs || !backend.press || !view || watch.keys >= MOST_KEYS) return undefined
  return answerTo(kindOf(agent.preset), reading)
}

/** Presses the key, unless the screen is not the one that it was read from. */
async function answer(
  {backend}: ReadinessQuery,
  session: Session,
  {view}: Observed,
  watch: Watch,
  key: Key,
): Promise<void> {
  watch.keys++
  if (key === 'Enter') watch.confirmed = watch.ask?.words
  if (watch.ask) watch.ask.since = performance.now() + TAKEN_WITHIN_MS
  try {
    await backend.press?.(session, key, {...(view && {seen: view})})
  } catch (error) {
    if (!hasCode(error, ErrorCode.screenChanged)) throw error
    watch.confirmed = undefined
  }
}

/** Milliseconds for which the same question, with the same choice marked, has stood on the screen. */
function standingFor({text = '', choices = []}: AgentReading, watch: Watch): number {
  const now = performance.now()
  const words = JSON.stringify([text, choices])
  if (watch.ask?.words !== words) watch.ask = {words, since: now}
  return now - watch.ask.since
}

async function blocked(query: ReadinessQuery, session: Session, {text = ''}: AgentReading): Promise<GtError> {
  // What it asks is told with the screen, where secrets are hidden.
  const error = await notReady(query, session, 'is blocked by a dialog')
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
